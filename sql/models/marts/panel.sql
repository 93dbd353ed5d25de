with

reports as (

    select * from {{ ref('reports') }}
    where is_current

),

printed as (

    select * from {{ ref('cell_values') }}

),

harmonised as (

    select * from {{ ref('int_harmonised_values') }}

),

cells as (

    select
        report_id,
        form_table,
        indicator,
        breakdown,
        unit,
        value,
        read_value,
        raw_text,
        status,
        resolution,
        confidence,
        page,
        case when unit = coalesce(printed_unit, unit) then printed_decimals end as printed_decimals
    from printed
    union all by name
    select * from harmonised

),

indicators as (

    select * from {{ ref('int_panel_indicators') }}

),

final as (

    select
        reports.report_id,
        reports.agency_id,
        reports.agency,
        reports.region,
        reports.level,
        reports.scope,
        reports.report_year,
        cells.form_table,
        cells.indicator,
        cells.breakdown,
        indicators.is_harmonised,
        cells.unit,
        cells.value,
        cells.raw_text as printed,
        cells.read_value,
        cells.printed_decimals,
        cells.status,
        cells.resolution,
        cells.confidence,
        cells.page,
        reports.url,
        case cells.form_table
            when 'proactive' then reports.proactive_edition
            when 'applications' then reports.applications_edition
            when 'disputes' then reports.disputes_edition
        end as edition,
        indicators.comparable_from,
        reports.version_basis = 'undecided' as is_undecided,
        indicators.ordinal
    from cells
    inner join reports using (report_id)
    inner join indicators using (form_table, indicator, breakdown)

)

select * from final
