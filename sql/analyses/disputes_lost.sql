-- title_zh: 各机关复议、诉讼被纠正的件数
-- title_en: Disputes lost by agency and year
-- question: 哪些机关哪些年度的行政复议、行政诉讼被纠正得多，占已审结的多少？
-- caveat: 已审结＝维持＋纠正＋其他结果，任一格没有数则不计算；已审结不足20件不算比例；数字可能含上年转入的案件。
-- example: gouji sql --name disputes_lost
with

reports as (

    select * from marts.reports
    where is_current

),

disputes as (

    select * from marts.disputes

),

concluded as (

    select
        reports.agency,
        reports.region,
        reports.scope,
        reports.report_year,
        disputes.channel,
        disputes.corrected as count_corrected,
        disputes.upheld + disputes.corrected + disputes.other as count_concluded,
        disputes.pending as count_pending
    from disputes
    inner join reports on disputes.report_id = reports.report_id

),

final as (

    select
        agency,
        region,
        scope,
        report_year,
        channel,
        count_corrected,
        count_concluded,
        case
            when count_concluded >= 20 then round(100.0 * count_corrected / count_concluded, 1)
        end as corrected_percent,
        count_pending
    from concluded
    -- A row without any case says nothing; one that cannot be added up stays and shows its gap.
    where coalesce(count_corrected, 1) <> 0

)

select * from final
order by
    count_corrected desc nulls last,
    agency asc,
    report_year asc,
    channel asc
