{#- How a model is made anew for some documents alone: see docs/incremental.md.

    incremental.affected (document_id, scope) holds the documents, filled by the caller with those that have changed and,
    as the build goes on, by the macros of affected.sql with those that hang together with them; incremental.keys
    (relation, key) says which column of a table names the document. -#}

{#- From the scope that reaches least to the one that reaches farthest. -#}
{% macro scopes() %}
{{ return(['document', 'agency', 'succession', 'text', 'submission', 'finding']) }}
{% endmacro %}

{#- The documents that a model of a scope is made anew for. -#}
{% macro affected_documents(scope, also=[]) %}
{%- if scope not in scopes() -%}
    {{ exceptions.raise_compiler_error('meta.scope of ' ~ model.name ~ ' is none of ' ~ scopes() ~ ' or global') }}
{%- endif -%}
{%- set within = scopes()[:scopes().index(scope) + 1] + also -%}
{{ return("select document_id from incremental.affected where scope in ('" ~ within | join("', '") ~ "')") }}
{% endmacro %}

{#- The condition that a row of a model of scope `of` is affected. What has no report, as a report that is missing, always
    is; where there are no such rows nothing is said of them, as that would slow a scan. -#}
{% macro is_affected(key, scope, also=[], of=none) %}
{%- set among = key ~ ' in (' ~ affected_documents(scope, also) ~ ')' -%}
{{ return('(' ~ among ~ ' or ' ~ key ~ ' is null)' if (of or scope) in ['submission', 'finding'] else among) }}
{% endmacro %}

{#- By one query: `keys`, the column that names the document in each of `tables` (schema.table), and `counts`, of documents
    affected within each scope. -#}
{% macro what_is_affected(tables) %}
{%- set keys = {} -%}
{%- set found = {} -%}
{%- set asked -%}
    select relation, key, 0 from incremental.keys where relation in ('{{ tables | join("', '") }}')
    union all
    select null, {{ scopes() }}[first_scope], count(*)
    from (
        select document_id, min(list_position({{ scopes() }}, scope)) as first_scope
        from incremental.affected where scope in ('{{ scopes() | join("', '") }}') group by document_id
    )
    group by first_scope
{%- endset -%}
{%- for row in run_query(asked).rows -%}
    {%- do found.update({row[1]: row[2] | int}) if row[0] is none else keys.update({row[0]: row[1]}) -%}
{%- endfor -%}
{%- set counts = {} -%}
{%- for scope in scopes() -%}
    {%- do counts.update({scope: (counts.values() | list)[-1:] | sum + found.get(scope, 0)}) -%}
{%- endfor -%}
{{ return({'keys': keys, 'counts': counts}) }}
{% endmacro %}

{#- The rows that a model of this run has made anew. -#}
{% macro made_anew(name) %}{{ return('incremental.anew_' ~ name) }}{% endmacro %}

{#- The tables that this model reads, and it itself: node, name as schema.table. -#}
{% macro tables_read() %}
{%- set read = [{'node': model, 'table': model.schema ~ '.' ~ model.alias}] -%}
{%- for id in model.depends_on.nodes -%}
    {%- set node = graph.sources[id] if id in graph.sources else graph.nodes[id] -%}
    {%- do read.append({'node': node, 'table': node.schema ~ '.' ~ (node.alias or node.name)}) -%}
{%- endfor -%}
{{ return(read) }}
{% endmacro %}

{#- The code of this model, each table of documents that it reads narrowed to the rows it needs. -#}
{% macro narrowed(code, known) %}
{%- set meta = model.config.meta -%}
{%- set ns = namespace(code=code) -%}
{%- for read in tables_read()[1:] -%}
    {%- set key = known['keys'].get(read.table) -%}
    {%- set scope = read.node.config.meta.get('scope') -%}
    {%- set is_whole = key is none or scope == 'global' or read.node.name in meta.get('reads_whole', []) -%}
    {%- if not is_whole -%}
        {%- set rows = rows_needed(read.node, key, known.counts) -%}
        {%- set ns.code = ns.code | replace(read.node.relation_name, rows) -%}
        {%- set ns.code = ns.code | replace(in_a_string(read.node.relation_name), in_a_string(rows)) -%}
    {%- endif -%}
{%- endfor -%}
{{ return(ns.code) }}
{% endmacro %}

{#- What this model needs of a table: what was made anew of it, where that is all, which spares a scan. -#}
{% macro rows_needed(node, key, counts) %}
{%- set meta = model.config.meta -%}
{%- set by = meta.get('reads_by', {}).get(node.name) or node.config.meta.get('read_by') -%}
{%- set also = [meta.reads] if 'reads' in meta else [] -%}
{%- set scope = node.config.meta.get('scope') -%}
{%- if scope and not by and not also and counts[scope] == counts[meta.scope] -%}
    {{ return(made_anew(node.alias)) }}
{%- endif -%}
{%- set condition = is_affected(key, meta.scope, also, of=scope or 'document') -%}
{%- if by -%}
    {%- set listed = by | join(', ') -%}
    {%- set condition = '(' ~ listed ~ ') in (select ' ~ listed ~ ' from ' ~ node.relation_name ~ ' where ' ~ condition ~ ')' -%}
{%- endif -%}
{{ return('(select * from ' ~ node.relation_name ~ ' where ' ~ condition ~ ')') }}
{% endmacro %}

{#- As it stands in a string of Python. -#}
{% macro in_a_string(text) %}{{ return(text | replace('"', '\\"')) }}{% endmacro %}
