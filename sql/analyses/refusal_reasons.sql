-- title_zh: 不予公开的理由
-- title_en: Refusals by reason
-- question: 各年度不予公开的申请按八种法定理由如何分布，占全部办结的多少？
-- caveat: 只计“总计”列各项之和与（七）总计相符的报告；无法提供、不予处理不算不予公开；不足20件不算比例；年度不明的不计；汇总口径与本机关口径不可相加。
-- example: gouji sql --name refusal_reasons
with

reports as (

    select * from marts.reports
    where is_current and report_year is not null

),

applications as (

    select * from marts.applications

),

relations as (

    select * from marts.relations
    where rule = 'balance.outcomes_total' and subject = 'total' and holds

),

labels as (

    select distinct
        indicator,
        row_zh
    from form.indicators
    where form_table = 'applications'

),

tied_out as (

    select
        reports.report_id,
        reports.report_year,
        reports.scope
    from reports
    inner join relations on reports.report_id = relations.report_id

),

outcomes as (

    select
        tied_out.report_year,
        tied_out.scope,
        sum(applications.total) as count_outcomes
    from tied_out
    inner join applications on tied_out.report_id = applications.report_id
    where applications.indicator = 'outcome_total'
    group by
        tied_out.report_year,
        tied_out.scope

),

reasons as (

    select
        tied_out.report_year,
        tied_out.scope,
        applications.indicator,
        count(distinct tied_out.report_id) as count_reports,
        sum(applications.total) as count_for_reason
    from tied_out
    inner join applications on tied_out.report_id = applications.report_id
    where applications.indicator like 'denied%'
    group by
        tied_out.report_year,
        tied_out.scope,
        applications.indicator

),

with_totals as (

    select
        reasons.*,
        outcomes.count_outcomes,
        sum(reasons.count_for_reason) over (
            partition by reasons.report_year, reasons.scope
        ) as count_refused
    from reasons
    inner join outcomes on reasons.report_year = outcomes.report_year and reasons.scope = outcomes.scope

),

final as (

    select
        with_totals.report_year,
        with_totals.scope,
        with_totals.indicator,
        labels.row_zh as reason,
        with_totals.count_for_reason,
        with_totals.count_refused,
        case
            when with_totals.count_refused >= 20
                then round(100.0 * with_totals.count_for_reason / with_totals.count_refused, 1)
        end as share_of_refused_percent,
        with_totals.count_outcomes,
        case
            when with_totals.count_outcomes >= 20
                then round(100.0 * with_totals.count_for_reason / with_totals.count_outcomes, 1)
        end as share_of_outcomes_percent,
        with_totals.count_reports
    from with_totals
    inner join labels on with_totals.indicator = labels.indicator

)

select * from final
order by
    report_year asc,
    scope asc,
    count_for_reason desc,
    indicator asc
