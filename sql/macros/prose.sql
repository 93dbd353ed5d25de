{#- The value of a Chinese numeral up to 9999, such as 三百零五; NULL where it is none (百) or says
    something else: 三五 is three to five, 一百二 one hundred and twenty. -#}
{% macro chinese_number(numeral) -%}
case
    when regexp_full_match({{ numeral }}, '[零〇一二两三四五六七八九]|(?:[一二两三四五六七八九]千[零〇]?)?(?:[一二两三四五六七八九]百[零〇]?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?')
        and not regexp_matches({{ numeral }}, '[百千][一二两三四五六七八九]$')
        then
            1000 * {{ numeral_digit(numeral, '千') }}
            + 100 * {{ numeral_digit(numeral, '百') }}
            + 10 * greatest({{ numeral_digit(numeral, '十') }}, cast(contains({{ numeral }}, '十') as integer))
            + instr('一二三四五六七八九', replace(regexp_extract({{ numeral }}, '[一二两三四五六七八九]?$'), '两', '二'))
            * cast(regexp_matches({{ numeral }}, '[一二两三四五六七八九]$') as integer)
end
{%- endmacro %}

{#- The digit before 千, 百 or 十; 0 where there is none. -#}
{% macro numeral_digit(numeral, power) -%}
case
                when regexp_matches({{ numeral }}, '[一二两三四五六七八九]{{ power }}')
                    then instr('一二三四五六七八九', replace(regexp_extract({{ numeral }}, '(.){{ power }}', 1), '两', '二'))
                else 0
            end
{%- endmacro %}

{#- Prose on one line: no white space, ordinary characters, figures half-width and without thousands separators. Two figures
    with a blank between them are kept apart by ~, unless the blank separates thousands. -#}
{% macro prose_line(text) -%}
regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(translate({{ ordinary(text) }}, '０１２３４５６７８９％．<>', '0123456789%.'), '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', ' ', 'g'),
                '([0-9]) ([0-9]{3})($|[^0-9])', '\1\2\3', 'g'
            ),
            '([0-9]) ([0-9])', '\1~\2', 'g'
        ),
        ' ', '', 'g'
    ),
    '([0-9]),([0-9]{3})($|[^0-9])', '\1\2\3', 'g'
)
{%- endmacro %}

{#- The pattern of the set phrases of statutory_phrases.csv, the longest first, as the caller hands them over. -#}
{% macro statutory_phrase() -%}
'{{ var('statutory_phrases') | join('|') }}'
{%- endmacro %}

{#- A text in which the first `count` words of a list, each behind its length in three digits, are as many blots. -#}
{% macro blotted_out(text, words, count, blot) -%}
{{ 'replace(' * count ~ text }}
{%- for n in range(1, count + 1) -%}
, coalesce(substr({{ words }}[{{ n }}], 4), '{{ blot }}'), repeat('{{ blot }}', coalesce(length({{ words }}[{{ n }}]) - 3, 1)))
{%- endfor %}
{%- endmacro %}

{#- The line with Chinese numerals before a unit as figures: 收到申请十二件 becomes 收到申请12件. Not 一起, which is
    "together" more often than one case. -#}
{% macro with_figures(line) -%}
array_to_string(
    list_transform(
        regexp_extract_all({{ line }}, '[零〇一二两三四五六七八九十百千]+[件份宗起]?|[^零〇一二两三四五六七八九十百千]+'),
        lambda piece: case
            when piece = '一起' or not regexp_matches(piece, '^[零〇一二两三四五六七八九十百千]+[件份宗起]$') then piece
            else coalesce(cast({{ chinese_number("left(piece, length(piece) - 1)") }} as varchar) || right(piece, 1), piece)
        end
    ),
    ''
)
{%- endmacro %}
