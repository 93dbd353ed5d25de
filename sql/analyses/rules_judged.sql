-- title_zh: 各规则判了多少、没判多少
-- title_en: How often each rule was judged
-- question: 每条规则本应判断多少次，实际判了多少次，不符多少，涉及几份报告？
-- caveat: 没有判断的不算通过；多因格子留空、读不出或缺表，原因见同一报告的完整性问题。
-- example: gouji sql --name rules_judged
with

coverage as (

    select * from marts.rule_coverage

),

rules as (

    select * from form.rules

),

final as (

    select
        coverage.rule,
        rules.title_zh,
        rules.severity,
        coverage.instances_possible,
        coverage.instances_judged,
        coverage.instances_possible - coverage.instances_judged as instances_not_judged,
        coverage.instances_failing,
        coverage.reports_failing
    from coverage
    inner join rules on coverage.rule = rules.rule

)

select * from final
order by rule
