{{ config(alias='relations') }}
{#- Named apart from the seed relations.csv; the table is marts.relations. -#}
{%- set rules = var('relations') | groupby('rule') -%}
with

applications_operands as (

    select * from {{ ref('int_applications_operands') }}

),

disputes_operands as (

    select * from {{ ref('int_disputes_operands') }}

),

applications_printed as (

    select * exclude (agency, report_year) from {{ ref('applications') }}

),

disputes_printed as (

    select * exclude (agency, report_year) from {{ ref('disputes') }}

),

instances as (

    {% for rule, members in rules -%}
    {{ relation_instances(rule, members) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

final as (

    select
        report_id,
        agency,
        report_year,
        rule,
        form_table,
        subject,
        left_value,
        right_value,
        left_value - right_value as difference,
        left_value = right_value as holds,
        is_unsure,
        is_low,
        page
    from instances

)

select * from final
