{#- A pattern of narrative_patterns.csv with its parts written out; `parts` is a map from {name} to the part's pattern. -#}
{% macro written_out(pattern, parts) -%}
array_to_string(
    list_transform(
        regexp_extract_all({{ pattern }}, '[{][a-z_]+[}]|[^{]+|[{]'), lambda piece: coalesce({{ parts }}[piece], piece)
    ),
    ''
)
{%- endmacro %}

{#- What a gate looks at in a sentence up to a figure: without words that look like another period, another office or a
    channel and are none. -#}
{% macro gate_text(lead) -%}
regexp_replace(
    regexp_replace(
        {{ lead }}, '(全年|年内|年度?|本年)累计', '\1', 'g'
    ),
    '(?:政府|政务)信息公开|申请渠道|信息公开平台', '信息公开', 'g'
)
{%- endmacro %}
