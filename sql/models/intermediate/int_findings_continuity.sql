{#- Findings about figures that do not follow from last year's, with both reports' cells in words. -#}
with

failing as (

    select * from {{ ref('judged_relations') }}
    where not holds and related_report_id is not null

),

reports as (

    select
        report_id as related_report_id,
        agency as earlier_agency,
        report_year as earlier_year,
        regexp_extract(source_path, '[^/]*$') as earlier_file
    from {{ ref('reports') }}

),

cells as (

    select
        form_table,
        indicator,
        breakdown,
        names.name_zh,
        names.name_en,
        indicators.row_zh,
        indicators.row_en,
        indicators.column_zh,
        indicators.column_en
    from {{ ref('int_cell_names') }} as names
    inner join {{ ref('indicators') }} as indicators using (form_table, indicator, breakdown)

),

-- Within a row the column names the figure, within a column the row does.
members as (

    select
        terms.*,
        cells.name_zh,
        cells.name_en,
        '“' || case when terms.member = terms.indicator then cells.row_zh else cells.column_zh end || '”' as label_zh,
        '"' || case when terms.member = terms.indicator then cells.row_en else cells.column_en end || '"' as label_en,
        case when terms.status = 'reported' then {{ plain_number('terms.operand') }} else '空白（计为0）' end
            as printed_zh,
        case when terms.status = 'reported' then {{ plain_number('terms.operand') }} else 'blank (taken as 0)' end
            as printed_en
    from {{ ref('int_carry_over_terms') }} as terms
    inner join failing using (report_id, rule, form_table, subject)
    inner join cells using (form_table, indicator, breakdown)

),

lefts as (

    select
        report_id,
        rule,
        form_table,
        subject,
        count(*) as count_members,
        string_agg(
            case when sign < 0 then '－' when years_before = 0 then '＋' else '' end
            || case
                when years_before = 0 then '本年'
                when member = 'change' then '＋上年'
                else '上年'
            end
            || label_zh || printed_zh, '' order by years_before desc, sign desc, member desc
        ) as left_zh,
        string_agg(
            case when sign < 0 then ' - ' when years_before = 0 then ' + ' when member = 'change' then ' + ' else '' end
            || case when years_before = 1 then 'last year''s ' else 'this year''s ' end
            || label_en || ' ' || printed_en, '' order by years_before desc, sign desc, member desc
        ) as left_en,
        max(page) filter (where years_before = 1) as earlier_page
    from members
    where side = 'left'
    group by all

),

rights as (

    select * from members
    where side = 'right'

),

worded as (

    select
        rights.*,
        failing.left_value,
        failing.right_value,
        failing.related_report_id,
        failing.is_low as is_any_low,
        failing.is_unsure as is_any_unsure,
        lefts.left_zh || case
            when lefts.count_members > 1 then '＝' || {{ plain_number('failing.left_value') }} else ''
        end as left_zh,
        lefts.left_en || case
            when lefts.count_members > 1 then ' = ' || {{ plain_number('failing.left_value') }} else ''
        end as left_en,
        reports.earlier_year || '年度，' || case
            when reports.earlier_agency <> rights.agency then reports.earlier_agency || '，' else ''
        end || reports.earlier_file || coalesce('第' || lefts.earlier_page || '页', '') as source_zh,
        reports.earlier_year || ', ' || case
            when reports.earlier_agency <> rights.agency then reports.earlier_agency || ', ' else ''
        end || reports.earlier_file || coalesce(' page ' || lefts.earlier_page, '') as source_en
    from rights
    inner join failing using (report_id, rule, form_table, subject)
    inner join lefts using (report_id, rule, form_table, subject)
    inner join reports using (related_report_id)

),

final as (

    select
        report_id,
        related_report_id,
        rule,
        cast(null as varchar) as severity,
        case when is_any_low then 'reading' when is_any_unsure then 'unsure' else 'source' end as origin,
        form_table || '.' || subject as subject,
        cast(null as varchar) as group_subject,
        form_table,
        indicator,
        breakdown,
        cast(left_value as decimal(38, 8)) as expected,
        cast(right_value as decimal(38, 8)) as actual,
        name_zh as where_zh,
        name_en as where_en,
        left_zh || '，本年印为' || printed_zh
        || '，' || case when right_value < left_value then '少' else '多' end
        || {{ plain_number('abs(right_value - left_value)') }} || '（上年：' || source_zh || '）' as detail_zh,
        left_en || ', printed this year ' || printed_en
        || ', ' || {{ plain_number('abs(right_value - left_value)') }}
        || case when right_value < left_value then ' too little' else ' too much' end
        || ' (last year: ' || source_en || ')' as detail_en,
        page,
        row_no,
        x0,
        top,
        x1,
        bottom
    from worded

)

select * from final
