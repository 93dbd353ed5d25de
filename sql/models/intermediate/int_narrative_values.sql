{#- What each claim that a report states may honestly stand for, in figures of its tables. -#}
with

stated as (

    select distinct
        report_id,
        claim
    from {{ ref('int_stated_claims') }}

),

readings as (

    select * from {{ ref('narrative_readings') }}

),

cells as (

    select * from {{ ref('cell_values') }}
    where
        is_judged
        and form_table in ('applications', 'disputes')
        and report_id in (select report_id from stated)

),

-- A blank member counts as 0 among others, never alone.
counted as (

    select
        report_id,
        form_table,
        indicator,
        breakdown,
        value,
        case when status = 'reported' then value when status in ('blank', 'not_applicable') then 0 end as operand,
        coalesce(confidence < {{ var('least_sure') }}, false) as is_low,
        coalesce(resolution in ('all_equal', 'all_zero', 'by_relations'), false) as is_unsure
    from cells

),

sums as (

    select
        report_id,
        form_table,
        indicator,
        unnest(['parts', 'organisations']) as breakdown,
        any_value(value) as value,
        unnest([
            case
                when count(operand) filter (where breakdown <> 'total') = 6
                    then sum(operand) filter (where breakdown <> 'total')
            end,
            case
                when count(operand) filter (where breakdown not in ('total', 'natural_person')) = 5
                    then sum(operand) filter (where breakdown not in ('total', 'natural_person'))
            end
        ]) as operand,
        bool_or(is_low) as is_low,
        bool_or(is_unsure) as is_unsure
    from counted
    where form_table = 'applications'
    group by report_id, form_table, indicator

),

columns as (

    select * from counted
    union all by name
    select * from sums

),

-- The cells that each reading names, so that the reports' cells are looked up by name.
members as (

    select
        readings.claim,
        readings.reading,
        readings.is_whole,
        readings.sign,
        case when readings.breakdown = 'any' then named.breakdown else '' end as variant,
        named.form_table,
        named.indicator,
        named.breakdown
    from readings
    inner join (
        select distinct
            form_table,
            indicator,
            breakdown
        from columns
    ) as named
        on
            readings.form_table = named.form_table
            and (readings.breakdown = 'any' or readings.breakdown = named.breakdown)
            and case
                when readings.indicator like '%*' then starts_with(named.indicator, rtrim(readings.indicator, '*'))
                else readings.indicator = named.indicator
            end

),

evaluated as (

    select
        columns.report_id,
        members.claim,
        members.reading,
        members.is_whole,
        members.variant,
        sum(members.sign * columns.operand) as figure,
        count(*) = count(columns.operand) as is_complete,
        bool_or(columns.value is not null) as is_printed,
        bool_or(columns.is_low) as is_low,
        bool_or(columns.is_unsure) as is_unsure,
        count(*) as count_cells,
        any_value(form_table) as form_table,
        any_value(indicator) as indicator,
        any_value(breakdown) as breakdown
    from columns
    inner join members using (form_table, indicator, breakdown)
    inner join stated using (report_id, claim)
    group by all

),

final as (

    select
        report_id,
        claim,
        reading,
        variant,
        -- The first reading is the one a finding names: in the 总计 column where it has one.
        reading = 1 and variant in ('', 'total') as is_named,
        is_whole and variant in ('', 'total', 'parts') as is_whole,
        case when is_complete then figure end as table_value,
        is_printed,
        is_low,
        is_unsure,
        form_table,
        case when count_cells = 1 and breakdown not in ('parts', 'organisations') then indicator end as indicator,
        case when count_cells = 1 and breakdown not in ('parts', 'organisations') then breakdown end as breakdown
    from evaluated

)

select * from final
