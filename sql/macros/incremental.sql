{#- How a model is made anew for some documents alone: see docs/incremental.md.

    incremental.affected (document_id, scope) holds the documents, filled by the caller with those that have changed and,
    as the build goes on, by the macros of affected.sql with those that hang together with them; incremental.keys
    (relation, key) says which column of a table names the document. -#}

{#- The scopes of incremental.affected that a model of a scope is made anew for. -#}
{% macro scopes_within(scope) %}
{%- set each = ['document', 'agency', 'succession', 'text', 'submission', 'finding'] -%}
{%- if scope not in each -%}
    {{ exceptions.raise_compiler_error('meta.scope of ' ~ model.name ~ ' is none of ' ~ each ~ ' or global') }}
{%- endif -%}
{{ return(each[:each.index(scope) + 1]) }}
{% endmacro %}

{#- The column that names the document in each table that has one, by schema.table. -#}
{% macro row_keys() %}
{%- set keys = {} -%}
{%- for row in run_query('select relation, key from incremental.keys').rows -%}
    {%- do keys.update({row[0]: row[1]}) -%}
{%- endfor -%}
{{ return(keys) }}
{% endmacro %}

{#- The condition that a row of a model of `scope` is affected. What has no report, a report that is missing, always is. -#}
{% macro affected_rows(key, scope, also=[]) %}
{%- set scopes = (scopes_within(scope) + also) | join("', '") -%}
{%- set listed -%}
    select distinct document_id from incremental.affected where scope in ('{{ scopes }}')
{%- endset -%}
{%- set ids = run_query(listed ~ ' order by document_id limit 201').columns[0].values() -%}
{#- A scan compares with constants faster than it joins. -#}
{%- set among -%}
    {%- if ids | length == 0 -%} false
    {%- elif ids | length <= 200 -%} {{ key }} in ('{{ ids | join("', '") }}')
    {%- else -%} {{ key }} in ({{ listed }})
    {%- endif -%}
{%- endset -%}
{{ return('(' ~ among ~ (' or ' ~ key ~ ' is null' if scope in ['submission', 'finding'] else '') ~ ')') }}
{% endmacro %}

{#- The code of this model, each table it reads that is large narrowed to the rows it needs. -#}
{% macro narrowed(code, keys, in_python=False) %}
{%- set meta = model.config.meta -%}
{%- set ns = namespace(code=code) -%}
{%- for id in model.depends_on.nodes -%}
    {%- set read = graph.sources[id] if id in graph.sources else graph.nodes[id] -%}
    {%- set key = keys.get(read.schema ~ '.' ~ read.name if id in graph.sources else read.schema ~ '.' ~ read.alias) -%}
    {%- set of_model = read.resource_type == 'model' and read.config.meta.scope != 'global' -%}
    {%- set of_source = id in graph.sources and key is not none -%}
    {%- if (of_model or of_source) and read.name not in meta.get('reads_whole', []) -%}
        {%- set also = ['related'] if meta.get('reads') == 'related' else [] -%}
        {%- set affected = affected_rows(key, meta.scope, also) -%}
        {%- set by = meta.get('reads_by', {}).get(read.name) or read.config.get('meta', {}).get('read_by') -%}
        {%- if by -%}
            {%- set listed = by | join(', ') -%}
            {%- set affected = '(' ~ listed ~ ') in (select ' ~ listed ~ ' from ' ~ read.relation_name ~ ' where ' ~ affected ~ ')' -%}
        {%- endif -%}
        {%- set rows = '(select * from ' ~ read.relation_name ~ ' where ' ~ affected ~ ')' -%}
        {%- if in_python -%}
            {%- set ns.code = ns.code | replace(escaped(read.relation_name), escaped(rows)) -%}
        {%- else -%}
            {%- set ns.code = ns.code | replace(read.relation_name, rows) -%}
        {%- endif -%}
    {%- endif -%}
{%- endfor -%}
{{ return(ns.code) }}
{% endmacro %}

{#- As it stands in a string of Python. -#}
{% macro escaped(text) %}{{ return(text | replace('"', '\\"')) }}{% endmacro %}
