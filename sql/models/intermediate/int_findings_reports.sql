{#- Findings about a whole report, one of its tables or one of its sections. -#}
with

reports as (

    select * from {{ ref('reports') }}
    where is_current and is_modelled

),

tables as (

    select
        report_tables.*,
        {{ table_zh('report_tables.form_table') }} as table_zh,
        {{ table_en('report_tables.form_table') }} as table_en,
        editions.name_zh as edition_zh,
        editions.name_en as edition_en
    from {{ ref('report_tables') }} as report_tables
    left join {{ ref('editions') }} as editions using (edition)

),

sections as (

    select
        report_sections.*,
        sections.numeral || '、' || sections.heading_zh as heading_zh,
        sections.heading_en
    from {{ ref('report_sections') }} as report_sections
    inner join {{ ref('sections') }} as sections using (section_no)
    where report_sections.printed_no <> report_sections.section_no

),

found as (

    select
        report_id,
        cast(null as varchar) as related_report_id,
        'completeness.tables_present' as rule,
        form_table as subject,
        form_table,
        cast(null as integer) as page,
        table_zh as where_zh,
        table_en as where_en,
        case presence when 'unrecognised' then '表式未识别：表头不属于任何已知表式' else '报告中没有这张表' end as detail_zh,
        case presence
            when 'unrecognised' then 'unknown form: its headers belong to no known edition' else
                'the table is not in the report'
        end
            as detail_en
    from tables
    where presence <> 'present'
    union all
    select
        report_id,
        null,
        'completeness.edition_current',
        form_table as subject,
        form_table,
        null,
        table_zh,
        table_en,
        '用的是' || edition_zh || '，' || report_year || '年度不适用',
        'uses the ' || edition_en || ', not in force for ' || report_year
    from tables
    where presence = 'present' and form_table <> 'statistics' and report_year not between valid_from and valid_to
    union all
    select
        report_id,
        null,
        'completeness.edition_covered',
        form_table,
        null,
        null,
        '全文',
        'report',
        '用的是' || edition_zh,
        'uses the ' || edition_en
    from tables
    where form_table = 'statistics'
    union all
    select
        report_id,
        null,
        'completeness.sections_present',
        cast(section_no as varchar),
        null,
        page,
        heading_zh,
        'section ' || section_no || ', ' || heading_en,
        case
            when printed_no = 0 then '没有找到这一部分的标题'
            else '编号印为“' || substr('一二三四五六七八九十', printed_no, 1) || '”'
        end,
        case when printed_no = 0 then 'heading not found' else 'is numbered ' || printed_no end
    from sections
    union all
    select
        report_id,
        null,
        'completeness.identity_known',
        'agency',
        null,
        null,
        '标题',
        'title',
        '无法识别机关名称',
        'agency unknown'
    from reports
    where agency is null
    union all
    select
        report_id,
        null,
        'completeness.identity_known',
        'report_year',
        null,
        null,
        '标题',
        'title',
        '无法识别报告年度',
        'year unknown'
    from reports
    where report_year is null
    union all
    select
        report_id,
        null,
        'completeness.region_known',
        'region',
        null,
        null,
        '机关名称',
        'agency',
        '不知道属于哪个地区',
        'region unknown'
    from reports
    where agency is not null and region is null
    union all
    select
        report_id,
        related_report_id,
        'completeness.one_per_year',
        'report',
        null,
        null,
        '全文',
        'report',
        detail_zh,
        detail_en
    from {{ ref('int_version_differences') }}

),

final as (

    select
        report_id,
        related_report_id,
        rule,
        cast(null as varchar) as severity,
        'source' as origin,
        subject,
        cast(null as varchar) as group_subject,
        form_table,
        cast(null as varchar) as indicator,
        cast(null as varchar) as breakdown,
        cast(null as decimal(38, 8)) as expected,
        cast(null as decimal(38, 8)) as actual,
        where_zh,
        where_en,
        detail_zh,
        detail_en,
        page,
        cast(null as integer) as row_no,
        cast(null as float) as x0,
        cast(null as float) as top,
        cast(null as float) as x1,
        cast(null as float) as bottom
    from found

)

select * from final
