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

terms as (

    select * from {{ ref('int_carry_over_terms') }}

),

-- A side is judged when all its members are.
carried as (

    select
        report_id,
        agency,
        report_year,
        rule,
        form_table,
        subject,
        case
            when count(operand) filter (where side = 'left') = count(*) filter (where side = 'left')
                then sum(sign * operand) filter (where side = 'left')
        end as left_value,
        case
            when count(operand) filter (where side = 'right') = count(*) filter (where side = 'right')
                then sum(sign * operand) filter (where side = 'right')
        end as right_value,
        bool_or(is_unsure) as is_unsure,
        bool_or(is_low) as is_low,
        max(page) filter (where side = 'right') as page,
        earlier_report_id as related_report_id
    from terms
    group by report_id, agency, report_year, rule, form_table, subject, earlier_report_id

),

instances as (

    {% for rule, members in rules -%}
    {{ relation_instances(rule, members) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
    {% if rules %}union all by name{% endif %}
    select * from carried

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
        page,
        related_report_id
    from instances

)

select * from final
