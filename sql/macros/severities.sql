{#- All severities, the worst first. -#}
{% macro severities() -%}
['error', 'warning', 'info']
{%- endmacro %}

{#- The severity of a rule, as gouji.toml changes it. -#}
{% macro configured_severity(rule, severity) -%}
{%- set changed = var('severities', {}) -%}
{%- if changed -%}
case {{ rule }}{% for name, value in changed.items() %} when '{{ name }}' then '{{ value }}'{% endfor %} else {{ severity }} end
{%- else -%}
{{ severity }}
{%- endif -%}
{%- endmacro %}
