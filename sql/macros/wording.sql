{#- A number as people write it: no trailing zeros, no bare point. -#}
{% macro plain_number(value) -%}
regexp_replace(regexp_replace(cast({{ value }} as varchar), '([.][0-9]*?)0+$', '\1'), '[.]$', '')
{%- endmacro %}

{#- The printed table's number in the report: table 2 stands in section 二. -#}
{% macro table_zh(form_table) -%}
case {{ form_table }} when 'proactive' then '表二' when 'applications' then '表三' when 'disputes' then '表四' end
{%- endmacro %}

{% macro table_en(form_table) -%}
case {{ form_table }} when 'proactive' then 'table 2' when 'applications' then 'table 3' when 'disputes' then 'table 4' end
{%- endmacro %}

{% macro section_zh(form_table) -%}
case {{ form_table }} when 'proactive' then '二、' when 'applications' then '三、' when 'disputes' then '四、' end
{%- endmacro %}
