{#- Findings about figures, prose and whole files that are another report's. -#}
with

reports as (

    select
        report_id as related_report_id,
        agency as other_agency,
        report_year as other_year,
        regexp_extract(source_path, '[^/]*$') as other_file
    from {{ ref('reports') }}

),

figures as (

    select
        copied.report_id,
        reports.related_report_id,
        'continuity.copied_report' as rule,
        case when copied.is_low then 'reading' else 'source' end as origin,
        'report' as subject,
        copied.count_flows,
        '表二至表四' as where_zh,
        'tables 2 to 4' as where_en,
        copied.count_flows || '个年度数字（现行有效件数等年末存量除外）与' || reports.other_year || '年度报告（'
        || case when reports.other_agency <> copied.agency then reports.other_agency || '，' else '' end
        || reports.other_file || '）全部相同，其中' || copied.count_telling || '个不为0' as detail_zh,
        'all ' || copied.count_flows
        || ' figures of the year (not those of its end, such as documents in force) are those of '
        || reports.other_year || ' ('
        || case when reports.other_agency <> copied.agency then reports.other_agency || ', ' else '' end
        || reports.other_file || '); ' || copied.count_telling || ' of them are not 0' as detail_en,
        cast(null as varchar) as sentence,
        copied.page
    from {{ ref('int_copied_reports') }} as copied
    inner join reports on copied.earlier_report_id = reports.related_report_id
    where copied.is_copied

),

passages as (

    select
        *,
        case when length(own_passage) > 60 then left(own_passage, 58) || '……' else own_passage end as own_zh,
        case when length(other_passage) > 60 then left(other_passage, 58) || '……' else other_passage end as other_zh
    from {{ ref('int_copied_passages') }}

),

prose as (

    select
        copied.report_id,
        reports.related_report_id,
        'narrative.copied_text' as rule,
        'source' as origin,
        'section.' || copied.section_no as subject,
        null as count_flows,
        sections.numeral || '、' || sections.heading_zh as where_zh,
        'section ' || copied.section_no || ', ' || sections.heading_en as where_en,
        '这一部分除名称、数字和通用表述外约' || cast(floor(100 * copied.share) as integer) || '%与'
        || case when reports.other_agency <> copied.agency then reports.other_agency else '本机关' end
        || reports.other_year || '年度报告（' || reports.other_file || '）相同；本份：“' || passages.own_zh
        || '”；另一份：“' || passages.other_zh || '”' as detail_zh,
        'apart from names, figures and common wording about ' || cast(floor(100 * copied.share) as integer)
        || '% of this section also stands in the report of '
        || case when reports.other_agency <> copied.agency then reports.other_agency || ', ' else '' end
        || reports.other_year || ' (' || reports.other_file || '); here: "' || passages.own_zh || '"; there: "'
        || passages.other_zh || '"' as detail_en,
        passages.own_zh as sentence,
        copied.page
    from {{ ref('section_overlaps') }} as copied
    inner join passages using (report_id, section_no, related_report_id)
    inner join reports using (related_report_id)
    inner join {{ ref('sections') }} as sections using (section_no)
    where copied.share >= {{ var('copied_share') }}

),

files as (

    select
        report_id,
        cast(null as varchar) as related_report_id,
        'narrative.copied_text' as rule,
        'source' as origin,
        'file' as subject,
        null as count_flows,
        '全文' as where_zh,
        'report' as where_en,
        '同一文件（内容完全相同）归在两个机关名下：' || own_claim || '（' || regexp_extract(source_path, '[^/]*/?[^/]*$')
        || '）和' || other_claim || '（' || regexp_extract(other_path, '[^/]*/?[^/]*$') || '）' as detail_zh,
        'one file, byte for byte, is kept under two agencies: ' || own_claim || ' ('
        || regexp_extract(source_path, '[^/]*/?[^/]*$') || ') and ' || other_claim || ' ('
        || regexp_extract(other_path, '[^/]*/?[^/]*$') || ')' as detail_en,
        cast(null as varchar) as sentence,
        cast(null as integer) as page
    from {{ ref('shared_files') }}

),

found as (

    select * from figures
    union all
    select * from prose
    union all
    select * from files

),

final as (

    select
        report_id,
        related_report_id,
        rule,
        cast(null as varchar) as severity,
        origin,
        subject,
        cast(null as varchar) as group_subject,
        cast(null as varchar) as form_table,
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
        cast(null as float) as bottom,
        sentence
    from found

)

select * from final
