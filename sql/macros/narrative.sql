{#- A pattern of narrative_patterns.csv with its parts in braces written out. `parts` is a list of {'name', 'pattern'}
    in the order of the seed; a part may use those before it. -#}
{% macro written_out(pattern, parts) -%}
list_reduce(
    list_prepend({'name': '', 'pattern': {{ pattern }}}, list_reverse({{ parts }})),
    lambda done, part: {
        'name': '', 'pattern': replace(done.pattern, '{' || part.name || '}', part.pattern)
    }
).pattern
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
