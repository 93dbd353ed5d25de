
            
            
    

    create  table
      "unmodelled-200000"."marts"."shared_files"
  
    
    as (
      with

reports as (

    select
        report_id,
        agency,
        report_year,
        identity_evidence
    from "unmodelled-200000"."marts"."reports"
    where is_current and is_modelled

),

not_places as (

    select list(name) as names
    from "unmodelled-200000"."form"."place_names"
    where kind = 'not_a_place'

),

paths as (

    select
        document_id as report_id,
        source_path
    from "unmodelled-200000"."raw"."sources"
    qualify seen_run = max(seen_run) over (partition by source_path)

),

-- A folder speaks for reports that do not name their place themselves.
stated as (

    select
        paths.report_id,
        paths.source_path,
        translate(regexp_replace(case
    when regexp_matches(facts.agency, '[\x{2e80}-\x{2fdf}]')
        then translate(
            facts.agency,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else facts.agency
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789') as agency,
        coalesce(
            facts.region,
            case
                when not contains(reports.identity_evidence, 'region: title')
                    then list_last(list_filter(
                        string_split(regexp_extract(paths.source_path, '^(.*)/[^/]*$', 1), '/'),
                        lambda part: regexp_full_match(part, '(?:\p{Han}{1,7}?(?:自治区|自治州|自治县|地区|省|市|盟|县|区|旗))+')
                    ))
            end
        ) as region
    from paths
    inner join reports using (report_id)
    left join "unmodelled-200000"."raw"."source_facts" as facts using (source_path)

),

-- Only counties and districts are told apart: a city's folder may hold what its counties sent.
claims as (

    select
        stated.report_id,
        stated.source_path,
        stated.agency,
        list_last(list_filter(
            regexp_extract_all(stated.region, '\p{Han}{1,7}?(?:自治区|自治州|自治县|地区|省|市|盟|县|区|旗)'),
            lambda name: regexp_matches(name, '(?:县|区|旗)$')
            and not regexp_matches(name, '(?:自治区|地区)$')
            and not list_contains(not_places.names, name)
        )) as place
    from stated
    cross join not_places

),

conflicts as (

    select
        own.report_id,
        own.source_path,
        other.source_path as other_path,
        case when own.place <> other.place then own.place else own.agency end as own_claim,
        case when own.place <> other.place then other.place else other.agency end as other_claim
    from claims as own
    inner join claims as other on own.report_id = other.report_id and own.source_path < other.source_path
    where
        own.place <> other.place
        or (not ends_with(own.agency, other.agency) and not ends_with(other.agency, own.agency))

),

final as (

    select
        conflicts.report_id,
        reports.agency,
        reports.report_year,
        conflicts.source_path,
        conflicts.own_claim,
        conflicts.other_path,
        conflicts.other_claim
    from conflicts
    inner join reports using (report_id)
    qualify row_number() over (
        partition by conflicts.report_id order by conflicts.source_path, conflicts.other_path
    ) = 1

)

select * from final
    );
    
  
            