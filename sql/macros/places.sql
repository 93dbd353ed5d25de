{#- A place that other places lie in: what a county or district is part of. -#}
{% macro is_superior(place) -%}
regexp_matches({{ place }}, '(?:省|自治区|市|盟|地区|自治州)$')
{%- endmacro %}
