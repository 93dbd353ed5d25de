{#- Whose flow figures are all those of an earlier year. -#}
with

-- What stands at the end of a year may stay as it was; what happened in a year does not repeat itself.
flows as (

    select
        cell_values.*,
        coalesce(cast(value as varchar), status) as figure,
        status in ('reported', 'blank', 'not_applicable') as is_settled,
        not is_result and indicator <> 'new_received' and coalesce(value, 0) <> 0 as is_telling
    from {{ ref('cell_values') }} as cell_values
    inner join {{ ref('reports') }} as reports using (report_id)
    where
        cell_values.is_judged
        and reports.is_modelled
        and cell_values.breakdown not in ('in_force', 'prior_items', 'disclosed_total')

),

-- A print is made of hashes, whose order says nothing: texts put in order would take the memory of all cells.
prints as (

    select
        report_id,
        any_value(agency) as agency,
        any_value(report_year) as report_year,
        bit_xor(hash(ordinal)) as form_print,
        bit_xor(hash(ordinal, figure)) as figure_print,
        count(distinct form_table) = 3 and bool_and(is_settled) as is_complete,
        count(*) as count_flows,
        count(*) filter (where is_telling) as count_telling,
        coalesce(max(value) filter (where is_telling), 0) as largest,
        coalesce(bool_or(confidence < {{ var('least_sure') }}), false) as is_low,
        min(page) as page
    from flows
    group by report_id

),

-- Three figures other than 0, one of them of two digits: small offices repeat 1 and 1 by chance.
compared as (

    select
        pairs.report_id,
        pairs.earlier_report_id,
        pairs.earlier_agency,
        pairs.earlier_year,
        later.figure_print = earlier.figure_print and later.count_telling >= 3 and later.largest >= 10 as is_copied
    from {{ ref('report_pairs') }} as pairs
    inner join prints as later using (report_id)
    inner join prints as earlier
        on
            pairs.earlier_report_id = earlier.report_id
            and later.form_print = earlier.form_print
            and later.count_flows = earlier.count_flows
    where later.is_complete and earlier.is_complete

),

-- Of several years the figures were taken from, the last.
nearest as (

    select * from compared
    qualify row_number() over (
        partition by report_id order by is_copied desc, earlier_year desc, earlier_report_id asc
    ) = 1

),

final as (

    select
        prints.report_id,
        prints.agency,
        prints.report_year,
        nearest.earlier_report_id,
        nearest.earlier_agency,
        nearest.earlier_year,
        prints.count_flows,
        prints.count_telling,
        nearest.is_copied,
        prints.is_low,
        prints.page
    from prints
    left join nearest using (report_id)

)

select * from final
