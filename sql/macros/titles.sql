{#- Radicals, which fonts put in the place of the characters they look like (⼯作 for 工作), as ordinary characters; a test
    compares them with those of ingest.wording. -#}
{% macro ordinary(text) -%}
case
    when regexp_matches({{ text }}, '[\x{2e80}-\x{2fdf}]')
        then translate(
            {{ text }},
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else {{ text }}
end
{%- endmacro %}

{#- A line without white space, its characters ordinary, its digits half-width. -#}
{% macro compact(text) -%}
translate(regexp_replace({{ ordinary(text) }}, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789')
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
    length({{ line }}) between 1 and 40
    and not regexp_matches({{ line }}, '[,.;:，。；：、>|]|^附件|^目录|^[0-9—-]+$|^第.*页')
)
{%- endmacro %}
