-- title_zh: 各年度申请办理结果的构成
-- title_en: Requests by outcome and year
-- question: 各年度办结的申请，予以公开、部分公开、不予公开、无法提供、不予处理、其他处理各占多少？
-- caveat: 只计“总计”列各项之和与（七）总计相符的报告，其余份数另列；年度不明的不计；汇总口径（whole）与本机关口径（own）不可相加；分母不足20件不算比例。
-- example: gouji sql --name requests_by_outcome
with

reports as (

    select * from marts.reports
    where is_current and is_modelled and report_year is not null

),

applications as (

    select * from marts.applications

),

relations as (

    select * from marts.relations
    where rule = 'balance.outcomes_total' and subject = 'total'

),

tied_out as (

    select
        reports.report_id,
        reports.report_year,
        reports.scope,
        coalesce(relations.holds, false) as holds
    from reports
    left join relations on reports.report_id = relations.report_id

),

-- The single row （六） of the trial form and the three of the current one are one outcome.
outcomes as (

    select
        report_id,
        total,
        case
            when indicator = 'granted' then 1
            when indicator = 'partly_granted' then 2
            when indicator like 'denied%' then 3
            when indicator like 'unavailable%' then 4
            when indicator like 'rejected%' then 5
            when indicator like 'other%' then 6
        end as outcome_no
    from applications

),

by_outcome as (

    select
        tied_out.report_year,
        tied_out.scope,
        outcomes.outcome_no,
        count(distinct tied_out.report_id) as count_reports,
        sum(outcomes.total) as count_requests
    from outcomes
    inner join tied_out on outcomes.report_id = tied_out.report_id
    where tied_out.holds and outcomes.outcome_no is not null
    group by
        tied_out.report_year,
        tied_out.scope,
        outcomes.outcome_no

),

left_out as (

    select
        report_year,
        scope,
        count(case when not holds then 1 end) as count_reports_left_out
    from tied_out
    group by
        report_year,
        scope

),

with_totals as (

    select
        left_out.report_year,
        left_out.scope,
        by_outcome.outcome_no,
        by_outcome.count_requests,
        sum(by_outcome.count_requests) over (
            partition by left_out.report_year, left_out.scope
        ) as count_requests_all,
        coalesce(by_outcome.count_reports, 0) as count_reports,
        left_out.count_reports_left_out
    from left_out
    -- A year of which no report ties out keeps a line that says so.
    left join by_outcome
        on left_out.report_year = by_outcome.report_year and left_out.scope = by_outcome.scope

),

final as (

    select
        report_year,
        scope,
        outcome_no,
        case outcome_no
            when 1 then '（一）予以公开'
            when 2 then '（二）部分公开'
            when 3 then '（三）不予公开'
            when 4 then '（四）无法提供'
            when 5 then '（五）不予处理'
            when 6 then '（六）其他处理'
        end as outcome,
        count_requests,
        count_requests_all,
        case
            when count_requests_all >= 20 then round(100.0 * count_requests / count_requests_all, 1)
        end as share_percent,
        count_reports,
        count_reports_left_out
    from with_totals

)

select * from final
order by
    report_year,
    scope,
    outcome_no
