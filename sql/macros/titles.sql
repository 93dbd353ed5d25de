{#- A line without white space, its digits half-width. -#}
{% macro compact(text) -%}
translate(regexp_replace({{ text }}, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789')
{%- endmacro %}

{#- A line that is the title of an annual report (title shapes: see docs of stg_identity). -#}
{% macro is_report_title(line) -%}
(
    length({{ line }}) between 6 and 60
    and regexp_matches(
        {{ line }}, '(?:信息公开|政务公开)(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)[)）》]?(?:[(（][^()（）]*[)）])?$'
    )
    and not regexp_matches({{ line }}, '^(?:关于|按照|根据|现将|《|附件|点击|下载)')
)
{%- endmacro %}

{#- before_year, title_year and after_year of a title: the agency stands before or after the year. -#}
{% macro title_parts(line) -%}
regexp_extract({{ line }}, '(20[0-9]{2})年', 1) as title_year,
        case
            when regexp_matches({{ line }}, '20[0-9]{2}年.*(?:信息公开|政务公开)')
                then regexp_extract({{ line }}, '^(.*?)20[0-9]{2}年', 1)
            else regexp_extract({{ line }}, '^(.*?)(?:政府信息公开|政务信息公开|信息公开|政务公开|政府政务公开)', 1)
        end as before_year,
        regexp_extract({{ line }}, '^20[0-9]{2}年度?(.*?)(?:政府信息公开|政务信息公开|信息公开|政务公开)', 1) as after_year
{%- endmacro %}

{#- A line that may be the beginning of a title: short, and neither a sentence nor a heading. -#}
{% macro is_title_fragment(line) -%}
(
    length({{ line }}) between 2 and 40
    and not regexp_matches({{ line }}, '[,.;:，。；：、>|]|^附件|^目录|^[0-9—-]+$|^第.*页')
)
{%- endmacro %}
