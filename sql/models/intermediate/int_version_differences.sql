{#- The cells in which undecided reports of one agency and year differ, in words. -#}
with

undecided as (

    select
        document_id as report_id,
        version_key
    from {{ ref('int_versions') }}
    where is_undecided

),

reports as (

    select
        report_id,
        source_path
    from {{ ref('reports') }}

),

cells as (

    select
        report_id,
        form_table,
        indicator,
        breakdown,
        ordinal,
        coalesce(cast(value as varchar), status) as figure,
        case status
            when 'reported' then {{ plain_number('value') }}
            when 'blank' then '空白'
            else trim(raw_text)
        end as printed_zh,
        case status
            when 'reported' then {{ plain_number('value') }}
            when 'blank' then 'blank'
            else trim(raw_text)
        end as printed_en
    from {{ ref('cell_values') }}
    where status in ('reported', 'blank', 'not_applicable')

),

pairs as (

    select
        own.report_id,
        other.report_id as related_report_id
    from undecided as own
    inner join undecided as other using (version_key)
    where own.report_id <> other.report_id

),

differing as (

    select
        pairs.report_id,
        pairs.related_report_id,
        names.name_zh,
        names.name_en,
        own.ordinal,
        own.printed_zh as own_zh,
        own.printed_en as own_en,
        other.printed_zh as other_zh,
        other.printed_en as other_en,
        row_number() over (partition by pairs.report_id, pairs.related_report_id order by own.ordinal) as cell_no,
        count(*) over (partition by pairs.report_id, pairs.related_report_id) as count_cells
    from pairs
    inner join cells as own using (report_id)
    inner join cells as other
        on
            pairs.related_report_id = other.report_id
            and own.form_table = other.form_table
            and own.indicator = other.indicator
            and own.breakdown = other.breakdown
    inner join {{ ref('int_cell_names') }} as names
        on
            own.form_table = names.form_table
            and own.indicator = names.indicator
            and own.breakdown = names.breakdown
    where own.figure <> other.figure

),

worded as (

    select
        differing.report_id,
        differing.related_report_id,
        regexp_extract(any_value(reports.source_path), '[^/]*$') as other_file,
        any_value(count_cells) as count_cells,
        string_agg(name_zh || '本份' || own_zh || '，另一份' || other_zh, '；' order by ordinal)
        filter (where cell_no <= 5) as cells_zh,
        string_agg(name_en || ' ' || own_en || ' here, ' || other_en || ' there', '; ' order by ordinal)
        filter (where cell_no <= 5) as cells_en
    from differing
    inner join reports on differing.related_report_id = reports.report_id
    group by all

),

final as (

    select
        report_id,
        related_report_id,
        '同一机关同一年度另有一份报告（' || other_file || '），' || count_cells || '格数字不同：' || cells_zh
        || case when count_cells > 5 then '等' else '' end as detail_zh,
        'another report of this agency and year ('
        || other_file
        || ') differs in '
        || count_cells
        || ' cells: '
        || cells_en
        || case when count_cells > 5 then ' ...' else '' end as detail_en
    from worded
    qualify row_number() over (partition by report_id order by related_report_id) = 1

)

select * from final
