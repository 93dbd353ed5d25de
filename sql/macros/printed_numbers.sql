{#- Full-width digits and signs as half-width ones, all white space as one blank. -#}
{% macro half_width(text) -%}
trim(regexp_replace(
    translate({{ text }}, '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
))
{%- endmacro %}

{#- What stands for "no such thing": / — - 无 不适用, bare or in brackets. -#}
{% macro is_not_applicable(content) -%}
regexp_full_match({{ content }}, '[-—–/\\]+|[(]?(无|不适用)。?[)]?')
{%- endmacro %}

{#- The amount or count of a cell without its bracketed note, one inside it included: 22(其中修订16件) is 22. -#}
{% macro without_note(content) -%}
trim(regexp_replace(regexp_replace({{ content }}, '[(][^()]*[)]', '', 'g'), '[(][^()]*[)]', '', 'g'))
{%- endmacro %}
