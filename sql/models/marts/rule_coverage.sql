with

rules as (

    select * from {{ ref('rules') }}

),

instances as (

    select
        rule,
        cast(sum(instances_possible) as bigint) as instances_possible,
        cast(sum(instances_judged) as bigint) as instances_judged
    from {{ ref('int_rule_instances') }}
    group by rule

),

failing as (

    select
        rule,
        count(*) as instances_failing,
        -- A report that is missing has no id and fails all the same.
        count(distinct coalesce(report_id, finding_id)) as reports_failing,
        count(*) filter (where waived) as instances_waived
    from {{ ref('findings') }}
    group by rule

),

final as (

    select
        rules.suite,
        rules.rule,
        coalesce(instances.instances_possible, 0) as instances_possible,
        coalesce(instances.instances_judged, 0) as instances_judged,
        coalesce(failing.instances_failing, 0) as instances_failing,
        coalesce(failing.reports_failing, 0) as reports_failing,
        coalesce(failing.instances_waived, 0) as instances_waived
    from rules
    left join instances using (rule)
    left join failing using (rule)

)

select * from final
order by suite, rule
