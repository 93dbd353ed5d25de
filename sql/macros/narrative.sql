{#- The patterns of narrative_patterns.csv of one kind, their parts written out, as the caller hands them over. They go
    into the models as constants: a pattern from a column would be compiled again for every row. -#}
{% macro narrative_patterns(kind) -%}
{{ return(var('narrative_patterns') | selectattr('kind', 'equalto', kind) | list) }}
{%- endmacro %}

{#- The one pattern of a kind and claim, as a literal. -#}
{% macro narrative_pattern(kind, claim) -%}
{{ text_literal((narrative_patterns(kind) | selectattr('claim', 'equalto', claim) | first).pattern) }}
{%- endmacro %}

{% macro text_literal(text) -%}
'{{ text | replace("'", "''") }}'
{%- endmacro %}

{#- List of the patterns of a kind that a text matches, in the order of the seed: ordinal, claim and rule of each, and what
    the first group of `said` extracts, a pattern in which %s stands for that of the seed. -#}
{% macro matching_patterns(kind, text, said='') -%}
list_filter([
{%- for row in narrative_patterns(kind) %}
    case
        when
            regexp_matches({{ text }}, {{ text_literal(row.pattern) }})
            {%- if row.unless %}
            and not regexp_matches({{ text }}, {{ text_literal(row.unless) }})
            {%- endif %}
            {%- if row.context %}
            and regexp_matches(whole_paragraph, {{ text_literal(row.context) }})
            {%- endif %}
            then {
                'ordinal': {{ row.ordinal or loop.index }}, 'claim': '{{ row.claim }}', 'rule': '{{ row.rule }}',
                'said': {% if said %}regexp_extract({{ text }}, {{ text_literal(said | replace('%s', row.pattern)) }}, 1){% else %}''{% endif %}

            }
    end{{ "," if not loop.last }}
{%- endfor %}
], lambda found: found is not null)
{%- endmacro %}

{#- The claim of the first gate that keeps a statement from being compared; NULL where none does. -#}
{% macro first_gate() -%}
case
{%- for row in narrative_patterns('gate') %}
    when
        {%- if row.looks_at in ('whole', 'own') %}
        scope <> '{{ row.looks_at }}' and
        {%- endif %}
        regexp_matches({{ {'lead': 'gate_lead', 'tail': 'tail'}.get(row.looks_at, 'gate_paragraph') }}, {{ text_literal(row.pattern) }})
        then '{{ row.claim }}'
{%- endfor %}
end
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
