{#- Named as the file: raw.waivers is what it says, this is what became of it. -#}
with

lines as (

    select * from {{ source('raw', 'waivers') }}

),

matched as (

    select * from {{ ref('int_waivers') }}

),

rules as (

    select * from {{ ref('rules') }}

),

findings as (

    select * from {{ ref('findings') }}

),

spoken_of as (

    select
        matched.listed_in,
        matched.line_no,
        min(matched.report_id) as report_id,
        bool_or(matched.is_ambiguous) as is_ambiguous,
        count(findings.finding_id) as count_findings,
        count(findings.finding_id)
        filter (where {{ same_printed('matched.printed_value', 'findings.printed_value') }}) as count_same,
        min(findings.printed_value) as printed_now
    from matched
    left join findings on {{ speaks_of('matched', 'findings') }}
    group by all

),

final as (

    select
        lines.listed_in,
        lines.line_no,
        case
            when rules.rule is null then 'unknown_rule'
            when spoken_of.report_id is null then 'no_report'
            when lines.until < {{ var('today') }} then 'expired'
            when spoken_of.is_ambiguous then 'ambiguous'
            when spoken_of.count_same > 0 then 'in_force'
            when spoken_of.count_findings > 0 then 'changed'
            else 'no_finding'
        end as state,
        lines.agency,
        lines.region,
        lines.scope,
        lines.year as report_year,
        lines.rule,
        lines.cell,
        lines.printed_value,
        spoken_of.printed_now,
        lines.reason,
        lines.who,
        lines.until,
        spoken_of.report_id
    from lines
    left join rules using (rule)
    left join spoken_of using (listed_in, line_no)

)

select * from final
order by listed_in, line_no
