{#- How final a file name says its content is: v3 is 3, a final or official text beats every number. -#}
{% macro version_words(path) -%}
coalesce(try_cast(nullif(regexp_extract(lower(regexp_extract({{ path }}, '[^/]*$')), '[v第]([0-9]{1,3})(?:版|[^0-9a-z]|$)', 1), '') as integer), 0)
        + case when regexp_matches(regexp_extract({{ path }}, '[^/]*$'), '修订') then 1000 else 0 end
        + case when regexp_matches(regexp_extract({{ path }}, '[^/]*$'), '定稿|终稿|正式') then 2000 else 0 end
{%- endmacro %}

{#- Of several renderings of one report the one nearest to its author's file. -#}
{% macro format_rank(format) -%}
list_position(['docx', 'pdf', 'html', 'text', 'scan'], {{ format }})
{%- endmacro %}
