
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_agencies"
  
    
    as (
      with

identity as (

    select * from "unmodelled-200000"."staging"."stg_identity"

),

-- A line of sources.csv speaks for the document that lies at its path now.
facts as (

    select
        sources.document_id,
        facts.*
    from "unmodelled-200000"."raw"."source_facts" as facts
    inner join "unmodelled-200000"."raw"."sources" as sources using (source_path)
    qualify
        sources.seen_run = max(sources.seen_run) over (partition by facts.source_path)
        and row_number() over (partition by sources.document_id order by facts.source_path) = 1

),

place_names as (

    select * from "unmodelled-200000"."form"."place_names"

),

not_places as (

    select list(name) as names
    from place_names
    where kind = 'not_a_place'

),

openings as (

    select
        document_id,
        string_agg(translate(regexp_replace(case
    when regexp_matches(text, '[\x{2e80}-\x{2fdf}]')
        then translate(
            text,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else text
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '' order by block_no) filter (where block_no <= 8) as opening,
        bool_or(regexp_matches(
            translate(regexp_replace(case
    when regexp_matches(text, '[\x{2e80}-\x{2fdf}]')
        then translate(
            text,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else text
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'),
            '所辖|所属(?:各|有关|相关)?(?:单位|部门)|汇总(?:全[省市县区]|各(?:单位|部门|乡镇|镇街))'
        )) filter (where block_no <= 5) as names_subordinates,
        bool_or(regexp_matches(translate(regexp_replace(case
    when regexp_matches(text, '[\x{2e80}-\x{2fdf}]')
        then translate(
            text,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else text
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '全[省市县区州旗]')) as names_whole
    from "unmodelled-200000"."raw"."paragraphs"
    group by document_id

),

stated as (

    select
        identity.* exclude (agency, report_year, agency_evidence, year_evidence),
        coalesce(facts.agency, identity.agency) as agency,
        coalesce(facts.year, identity.report_year) as report_year,
        case when facts.agency is not null then 'sources.csv' else identity.agency_evidence end as agency_evidence,
        case when facts.year is not null then 'sources.csv' else identity.year_evidence end as year_evidence,
        facts.url,
        facts.region as stated_region,
        facts.scope as stated_scope,
        facts.document_id is not null as is_in_sources,
        openings.opening,
        coalesce(openings.names_subordinates, false) as names_subordinates,
        coalesce(openings.names_whole, false) as names_whole
    from identity
    left join facts using (document_id)
    left join openings using (document_id)

),

candidates as (

    select
        document_id,
        evidence,
        evidence_no,
        list_filter(
            regexp_extract_all(printed, '\p{Han}{1,7}?(?:自治区|自治州|自治县|地区|省|市|盟|县|区|旗)'),
            lambda name: not list_contains(not_places.names, name)
        ) as places
    from (
        select
            document_id,
            'sources.csv' as evidence,
            1 as evidence_no,
            stated_region as printed
        from stated
        union all
        select
            document_id,
            'title' as evidence,
            2 as evidence_no,
            -- 市场, 市容, 市政, 县域 and 区划 end no place name: 松岭县示例市场监督管理局 lies in 松岭县.
            regexp_extract(
                regexp_replace(
                    agency, '(?:市[场容]|市政[^府协]|[县区]域|区划|[市县区旗](?:街道|[镇乡](?:人民)?政府)).*$', ''
                ),
                '^(?:\p{Han}{1,7}?(?:自治区|自治州|自治县|地区|省|市|盟|县|区|旗))+'
            ) as printed
        from stated
        union all
        select
            document_id,
            'text' as evidence,
            3 as evidence_no,
            regexp_extract(opening, '[“"《(（、，。；](\p{Han}{2,4}[县市区旗])人民政府', 1) as printed
        from stated
        union all
        select
            document_id,
            'folder' as evidence,
            4 as evidence_no,
            list_last(list_filter(
                string_split(regexp_extract(source_path, '^(.*)/[^/]*$', 1), '/'),
                lambda part: regexp_full_match(part, '(?:\p{Han}{1,7}?(?:自治区|自治州|自治县|地区|省|市|盟|县|区|旗))+')
            )) as printed
        from stated
    )
    cross join not_places
    where printed <> ''

),

-- The agency's own name comes first; what lies around it names its superior, or it where it is bare.
own as (

    select
        document_id,
        places
    from candidates
    where evidence = 'title' and len(places) > 0

),

around as (

    select
        document_id,
        evidence,
        places
    from candidates
    where evidence <> 'title' and len(places) > 0
    qualify row_number() over (partition by document_id order by evidence_no) = 1

),

placed as (

    select
        stated.document_id,
        list_last(own.places) as own_place,
        case
            when own.places is null then around.places
            when list_last(around.places) = list_last(own.places) and len(around.places) > len(own.places)
                then around.places
            when around.evidence = 'sources.csv' and not regexp_matches(list_last(around.places), '(?:省|自治区|市|盟|地区|自治州)$')
                then around.places
            when
                around.evidence = 'sources.csv' and len(own.places) = 1
                and list_last(around.places) <> own.places[1]
                then list_append(around.places, own.places[1])
            when
                len(own.places) = 1
                and ambiguous.name is not null
                and regexp_matches(list_last(around.places), '(?:省|自治区|市|盟|地区|自治州)$')
                then list_append(around.places, own.places[1])
            else own.places
        end as places,
        case when own.places is null then around.evidence else 'title' end as evidence
    from stated
    left join own using (document_id)
    left join around using (document_id)
    left join place_names as ambiguous
        on list_last(own.places) = ambiguous.name and ambiguous.kind = 'ambiguous'

),

-- 鼓楼区 alone names several districts: without its city it names none.
regions as (

    select
        placed.document_id,
        placed.own_place,
        placed.evidence,
        array_to_string(placed.places, '') as region,
        array_to_string(placed.places[if(ambiguous.name is null, -1, -2):], '') as region_key
    from placed
    left join place_names as ambiguous
        on list_last(placed.places) = ambiguous.name and ambiguous.kind = 'ambiguous'
    where ambiguous.name is null or len(placed.places) > 1

),

named as (

    select
        stated.*,
        nullif(regions.region, '') as region,
        nullif(regions.region_key, '') as region_key,
        case when regions.region <> '' then regions.evidence end as region_evidence,
        case
            when placed.own_place is null then stated.agency
            else substr(stated.agency, instr(stated.agency, placed.own_place) + length(placed.own_place))
        end as office
    from stated
    left join placed using (document_id)
    left join regions using (document_id)

),

final as (

    select
        document_id,
        source_path,
        url,
        title,
        agency,
        report_year,
        published_on,
        is_in_sources,
        region,
        case
            when regexp_matches(office, '(?:乡|镇|街道)(?:人民政府|政府|办|$)') then 'town'
            when region is null then null
            when regexp_matches(region, '(?:县|区|旗)$') then 'county'
            when regexp_matches(region, '(?:市|州|盟|地区)$') then 'city'
            else 'province'
        end as level,
        case when agency is not null then region_key || '/' || office end as agency_id,
        case
            when stated_scope in ('own', 'whole') then stated_scope
            when agency is null then 'unknown'
            when
                regexp_matches(office, '人民政府$')
                then case when names_whole or names_subordinates then 'whole' else 'unknown' end
            when names_subordinates then 'whole'
            else 'own'
        end as scope,
        concat_ws(
            '; ', 'agency: ' || agency_evidence, 'year: ' || year_evidence, 'region: ' || region_evidence
        ) as identity_evidence
    from named

)

select * from final
    );
    
  
            