with

submissions as (

    select * from "unmodelled-200000"."marts"."submissions"

),

-- One report is late once, however many lists ask for it, and the date kindest to it counts.
dated as (

    select * from submissions
    where days_late is not null
    qualify row_number() over (partition by report_id order by days_late, submission_key) = 1

),

found as (

    select
        cast(null as varchar) as report_id,
        'completeness.submitted' as rule,
        submission_key as subject,
        coalesce(case when not starts_with(agency, region) then region end, '') || agency || report_year || '年度报告'
            as where_zh,
        coalesce(case when not starts_with(agency, region) then region end, '') || agency || ' ' || report_year
            as where_en,
        '没有收到' || coalesce('，应于' || due || '前公布', '') as detail_zh,
        'not received' || coalesce(', due on ' || due, '') as detail_en
    from submissions
    where state = 'missing' and is_due
    union all
    select
        report_id,
        'completeness.on_time',
        'published_on',
        '发布日期',
        'date of publication',
        '印为' || published_on || '，应不晚于' || due || '，迟' || days_late || '天',
        published_on || ', due on ' || due || ', ' || days_late || ' days late'
    from dated
    where days_late > 0

),

final as (

    select
        report_id,
        cast(null as varchar) as related_report_id,
        rule,
        cast(null as varchar) as severity,
        'source' as origin,
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
        cast(null as integer) as page,
        cast(null as integer) as row_no,
        cast(null as float) as x0,
        cast(null as float) as top,
        cast(null as float) as x1,
        cast(null as float) as bottom
    from found

)

select * from final