{#- Every instance of one rule of relations.csv, evaluated on the wide tables. `members` are the
    rule's rows of the seed: dicts with form_table, members_in, side, sign, member, is_result. -#}
{% macro relation_instances(rule, members) -%}
{%- set form_table = members[0].form_table -%}
{%- set row_name = 'channel' if form_table == 'disputes' else 'indicator' -%}
{%- if members[0].members_in == 'columns' -%}
    select
        operands.report_id,
        operands.agency,
        operands.report_year,
        '{{ rule }}' as rule,
        '{{ form_table }}' as form_table,
        operands.{{ row_name }} as subject,
        {{ signed_sum(members, 'left') }} as left_value,
        {{ signed_sum(members, 'right') }} as right_value,
        operands.is_unsure,
        operands.is_low,
        operands.page
    from {{ form_table }}_operands as operands
    inner join {{ form_table }}_printed as printed using (report_id, {{ row_name }})
{%- else -%}
    select
        report_id,
        agency,
        report_year,
        '{{ rule }}' as rule,
        '{{ form_table }}' as form_table,
        unnest([{% for column in wide_columns(form_table) %}'{{ column }}'{{ ', ' if not loop.last }}{% endfor %}]) as subject,
        unnest([{% for column in wide_columns(form_table) %}left_{{ column }}{{ ', ' if not loop.last }}{% endfor %}]) as left_value,
        unnest([{% for column in wide_columns(form_table) %}right_{{ column }}{{ ', ' if not loop.last }}{% endfor %}]) as right_value,
        is_unsure,
        is_low,
        page
    from (
        select
            operands.report_id,
            operands.agency,
            operands.report_year,
            {% for column in wide_columns(form_table) -%}
            {% for side in ['left', 'right'] -%}
            {{ signed_rows(members, side, column, row_name) }} as {{ side }}_{{ column }},
            {% endfor %}
            {%- endfor -%}
            bool_or(operands.is_unsure) as is_unsure,
            bool_or(operands.is_low) as is_low,
            max(operands.page) as page
        from {{ form_table }}_operands as operands
        inner join {{ form_table }}_printed as printed using (report_id, {{ row_name }})
        where {{ row_name }} in ({% for m in members %}'{{ m.member }}'{{ ', ' if not loop.last }}{% endfor %})
        group by all
    )
{%- endif -%}
{%- endmacro %}

{#- Sum of a side within one wide row; a result counts only as printed. -#}
{% macro signed_sum(members, side) -%}
{%- for m in members if m.side == side -%}
{{ ' + ' if not loop.first }}{{ '' if m.sign | int == 1 else '(' ~ m.sign ~ ') * ' }}{{ 'printed' if m.is_result == 'true' else 'operands' }}.{{ m.member }}
{%- endfor -%}
{%- endmacro %}

{#- Sum of a side down one wide column: NULL as soon as one member of the report's edition is. -#}
{% macro signed_rows(members, side, column, row_name) -%}
{%- set terms -%}
case {{ row_name }}
{%- for m in members if m.side == side %}
                when '{{ m.member }}' then {{ m.sign }} * {{ 'printed' if m.is_result == 'true' else 'operands' }}.{{ column }}
{%- endfor %}
            end
{%- endset -%}
{%- set among -%}
{{ row_name }} in ({% for m in members if m.side == side %}'{{ m.member }}'{{ ', ' if not loop.last }}{% endfor %})
{%- endset -%}
case
                when count({{ terms }}) = count(*) filter (where {{ among }})
                    then sum({{ terms }})
            end
{%- endmacro %}
