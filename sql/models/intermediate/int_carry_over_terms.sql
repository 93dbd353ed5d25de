{#- The members of the relations between a report and that of the year before. -#}
with

carry_overs as (

    select * from {{ ref('carry_overs') }}

),

-- The cells that are a member of some relation: few of those there are.
cells as (

    select
        *,
        case
            when status = 'reported' then value
            when status in ('blank', 'not_applicable') and blank_kind <> 'total_of_nonzero' then 0
        end as operand
    from {{ ref('cell_values') }}
    where
        is_judged
        and (
            (form_table, indicator) in (select form_table, member from carry_overs where member_in = 'indicator')
            or (form_table, breakdown) in (select form_table, member from carry_overs where member_in <> 'indicator')
        )

),

prior as (

    select
        report_id,
        earlier_report_id
    from {{ ref('report_pairs') }}
    where is_comparable

),

-- What the later report's form prints decides which relations there are.
instances as (

    select
        cells.report_id,
        cells.agency,
        cells.report_year,
        carry_overs.rule,
        carry_overs.form_table,
        prior.earlier_report_id,
        case when carry_overs.member_in = 'indicator' then cells.breakdown else cells.indicator end as subject
    from cells
    inner join carry_overs
        on
            cells.form_table = carry_overs.form_table
            and carry_overs.member = case
                when carry_overs.member_in = 'indicator' then cells.indicator else cells.breakdown
            end
    inner join {{ ref('reports') }} as reports using (report_id)
    left join prior using (report_id)
    where carry_overs.side = 'right' and reports.is_modelled

),

final as (

    select
        instances.report_id,
        instances.agency,
        instances.report_year,
        instances.rule,
        instances.form_table,
        instances.subject,
        instances.earlier_report_id,
        carry_overs.side,
        carry_overs.sign,
        carry_overs.years_before,
        carry_overs.member,
        cells.indicator,
        cells.breakdown,
        case when not carry_overs.is_printed or cells.status = 'reported' then cells.operand end as operand,
        cells.status,
        coalesce(cells.resolution in ('all_equal', 'all_zero', 'by_relations'), false) as is_unsure,
        coalesce(cells.confidence < {{ var('least_sure') }}, false) as is_low,
        cells.page,
        cells.row_no,
        cells.x0,
        cells.top,
        cells.x1,
        cells.bottom
    from instances
    inner join carry_overs using (rule, form_table)
    left join cells
        on
            cells.report_id
            = case when carry_overs.years_before = 0 then instances.report_id else instances.earlier_report_id end
            and instances.form_table = cells.form_table
            and cells.indicator
            = case when carry_overs.member_in = 'indicator' then carry_overs.member else instances.subject end
            and cells.breakdown
            = case when carry_overs.member_in = 'indicator' then instances.subject else carry_overs.member end

)

select * from final
