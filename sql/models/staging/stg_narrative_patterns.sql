with

parts as (

    select map(list('{' || claim || '}'), list(pattern)) as parts
    from {{ ref('narrative_patterns') }}
    where kind = 'part'

),

final as (

    select
        patterns.ordinal,
        patterns.kind,
        patterns.claim,
        patterns.rule,
        patterns.looks_at,
        {{ written_out('patterns.pattern', 'parts.parts') }} as pattern,
        {{ written_out("coalesce(patterns.unless, '')", 'parts.parts') }} as unless,
        {{ written_out("coalesce(patterns.context, '')", 'parts.parts') }} as context
    from {{ ref('narrative_patterns') }} as patterns
    cross join parts
    where patterns.kind <> 'part'

)

select * from final
