{#- Whether a line of waivers.csv or corrections.csv names this place: by its code, by its code with any
    words behind it, or by its Chinese name. -#}
{% macro names_place(cell, code, name_zh) -%}
(
    {{ cell }} = {{ code }}
    or starts_with({{ cell }}, {{ code }} || ' ')
    or {{ place_name(cell) }} = {{ place_name(name_zh) }}
)
{%- endmacro %}

{#- A Chinese name without white space, its brackets and dots all of one kind. -#}
{% macro place_name(name) -%}
translate(regexp_replace({{ name }}, '[\s\x{00a0}\x{3000}]+', '', 'g'), '（）．•・‧', '().···')
{%- endmacro %}

{#- Whether two printed texts are the same figure: 1,234 is 1234, 0.50 is 0.5, and nothing is a blank. -#}
{% macro same_printed(one, other) -%}
(
    {{ printed_figure(one) }} = {{ printed_figure(other) }}
    or try_cast({{ printed_figure(one) }} as decimal(24, 8)) = try_cast({{ printed_figure(other) }} as decimal(24, 8))
)
{%- endmacro %}

{% macro printed_figure(text) -%}
regexp_replace(regexp_replace({{ half_width("coalesce(" ~ text ~ ", '')") }}, '[ ,]', '', 'g'), '!=|<>', '≠')
{%- endmacro %}

{#- Whether a line of int_waivers speaks of a finding as it now is; same_printed apart. -#}
{% macro speaks_of(waivers, findings) -%}
{{ waivers }}.report_id = {{ findings }}.report_id
and {{ waivers }}.rule = {{ findings }}.rule
and {{ names_place(waivers ~ '.cell', findings ~ '.subject', findings ~ '.where_zh') }}
{%- endmacro %}
