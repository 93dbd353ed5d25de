{#- The columns of the wide table of each printed table: breakdowns of table 3, results of table 4. -#}
{% macro wide_columns(form_table) -%}
{{ return({
    'applications': ['natural_person', 'business', 'research', 'social', 'legal', 'other_org', 'total'],
    'disputes': ['upheld', 'corrected', 'other', 'pending', 'total'],
}[form_table]) }}
{%- endmacro %}

{#- The column of cell_values that names the wide table's row, and the one that names its column. -#}
{% macro wide_row(form_table) -%}{{ return('breakdown' if form_table == 'disputes' else 'indicator') }}{%- endmacro %}

{% macro wide_column(form_table) -%}{{ return('indicator' if form_table == 'disputes' else 'breakdown') }}{%- endmacro %}

{#- One row for each report and wide row with `expression` of cell_values under each wide column. -#}
{% macro wide_table(form_table, expression, row_name) -%}
    select
        report_id,
        agency,
        report_year,
        {{ wide_row(form_table) }} as {{ row_name }},
        {% for column in wide_columns(form_table) -%}
        max({{ expression }}) filter (where {{ wide_column(form_table) }} = '{{ column }}') as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from cells
    group by all
{%- endmacro %}
