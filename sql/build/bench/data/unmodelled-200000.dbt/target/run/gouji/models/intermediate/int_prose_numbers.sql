
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_prose_numbers"
  
    
    as (
      with

sentences as (

    select * from "unmodelled-200000"."staging"."stg_sentences"

),

reports as (

    select report_id from "unmodelled-200000"."marts"."reports"
    where is_current and is_modelled

),

pieces as (

    select
        sentences.*,
        regexp_extract_all(sentence, '[^0-9]*[0-9]+(?:[.][0-9]+)?') as pieces
    from sentences
    inner join reports on sentences.document_id = reports.report_id

),

numbered as (

    select
        *,
        unnest(range(1, len(pieces) + 1)) as number_no
    from pieces

),

cut as (

    select
        * exclude (pieces),
        array_to_string(pieces[1:number_no], '') as said,
        regexp_extract(pieces[number_no], '[0-9]+(?:[.][0-9]+)?$') as figure
    from numbered

),

final as (

    select
        document_id as report_id,
        paragraph,
        sentence_no,
        cast(number_no as integer) as number_no,
        page,
        section_no,
        printed,
        sentence,
        said_before,
        whole_paragraph,
        cast(figure as decimal(24, 8)) as value,
        left(said, length(said) - length(figure)) as lead,
        substr(sentence, length(said) + 1) as tail,
        regexp_extract(substr(sentence, length(said) + 1), '^(人次|[件份宗起条篇个次项人])', 1) as unit
    from cut
    where length(figure) <= 12 and regexp_matches(substr(sentence, length(said) + 1), '^[件份宗起条篇个次项人]')

)

select * from final
    );
    
  
            