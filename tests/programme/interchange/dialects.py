"""Small invented schedules in the dialects that real systems write, oddities included. No real data."""

FRAB_XML = """<?xml version='1.0' encoding='utf-8' ?>
<schedule>
  <generator name='frab' version='0.7'></generator>
  <version>Ganymede</version>
  <conference>
    <acronym>rt24</acronym>
    <title>River Talks 2024</title>
    <start>2024-08-01</start>
    <end>2024-08-02</end>
    <days>2</days>
    <timeslot_duration>00:15</timeslot_duration>
    <time_zone_name>Berlin</time_zone_name>
    <base_url>https://talks.example.org/rt24/</base_url>
  </conference>
  <day index='1' date='2024-08-01' start='2024-08-01T10:00:00+02:00' end='2024-08-02T04:00:00+02:00'>
    <room name='Weir'>
      <event guid='0a8b1f0e-6c1c-4d0f-9a53-000000000001' id='101'>
        <logo>/system/logos/101/large/boat.png?1</logo>
        <date>2024-08-01T23:30:00+02:00</date>
        <start>23:30</start>
        <duration>02:30</duration>
        <room>Weir</room>
        <slug>rt24-101-night_of_locks</slug>
        <url>https://talks.example.org/rt24/events/101.html</url>
        <recording><license>CC-BY-4.0</license><optout>false</optout></recording>
        <title>Night of Locks </title>
        <subtitle>How ships climb</subtitle>
        <track>Water</track>
        <type>lecture</type>
        <language>de</language>
        <abstract>Ships &amp; stairs.</abstract>
        <description>&lt;p&gt;With &lt;em&gt;pictures&lt;/em&gt;&lt;/p&gt;&#13;
second line</description>
        <persons><person id='7'>Ada Weir</person><person id='8'>Bo Lock</person></persons>
        <links><link href='https://locks.example.org'>Locks</link></links>
        <attachments><attachment href='/attachments/1/slides.pdf'>Slides</attachment></attachments>
      </event>
    </room>
    <room name='Quay'></room>
  </day>
  <day index='2' date='2024-08-02' start='2024-08-02T10:00:00+02:00' end='2024-08-03T04:00:00+02:00'>
  </day>
</schedule>
"""

FOSDEM_XML = """<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference>
    <title>Open River 2024</title>
    <subtitle/>
    <venue>Old Mill (Ancien Moulin)</venue>
    <city>Brussels</city>
    <start>2024-02-03</start>
    <end>2024-02-04</end>
    <days>2</days>
    <day_change>09:00:00</day_change>
    <timeslot_duration>00:05:00</timeslot_duration>
  </conference>
  <tracks><track slug="keynotes" online_qa="false">Keynotes</track></tracks>
  <day index="1" date="2024-02-03">
    <room name="Main hall" slug="mainhall">
      <event id="11">
        <start>09:30</start>
        <duration>00:25</duration>
        <room>Main hall</room>
        <slug>welcome</slug>
        <title>Welcome</title>
        <subtitle/>
        <track>Keynotes</track>
        <type>keynote</type>
        <language/>
        <abstract>&lt;p&gt;Hello&lt;/p&gt;</abstract>
        <description></description>
        <feedback_url>https://feedback.example.org/11.php</feedback_url>
        <persons>
          <person id="6">River Staff</person>
        </persons>
        <attachments>
          <attachment type="slides" href="https://example.org/w.pdf">Welcome</attachment>
        </attachments>
        <links>
          <link href="https://video.example.org/w.webm">Video recording</link>
        </links>
      </event>
      <event id="12">
        <start>01:30</start>
        <duration>01:00</duration>
        <room>Main hall</room>
        <slug>late</slug>
        <title>After hours</title>
        <track>Keynotes</track>
        <type>keynote</type>
      </event>
    </room>
    <room name="Attic">
    </room>
  </day>
  <day index="2" date="2024-02-04">
  </day>
</schedule>
"""

PENTABARF_XML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<schedule>
 <conference>
  <title>Brückentag</title>
  <subtitle>Wir bauen</subtitle>
  <venue>Kongress</venue>
  <city>Somewhere</city>
  <start>2010-12-27</start>
  <end>2010-12-28</end>
  <days>2</days>
  <release>Version 0.35b</release>
  <day_change>04:00</day_change>
  <timeslot_duration>00:15</timeslot_duration>
 </conference>
 <day date="2010-12-27" index="1">
  <room name="Saal 1">
   <event id="4057">
    <start>11:00</start>
    <duration>00:30</duration>
    <room>Saal 1</room>
    <tag>eröffnung</tag>
    <title>Eröffnung
       der Brücke</title>
    <subtitle></subtitle>
    <track>Society</track>
    <type>lecture</type>
    <language>de</language>
    <abstract></abstract>
    <description></description>
    <persons><person id="1">Jörg Ü.</person></persons>
    <links></links>
   </event>
   <event id="4058">
    <start>00:15</start>
    <duration>01:00</duration>
    <room>Saal 1</room>
    <title>Nach Mitternacht</title>
   </event>
  </room>
 </day>
</schedule>
"""

PRETALX_XML = """<?xml version='1.0' encoding='utf-8' ?>
<!-- Made with love by pretalx v2024.1.0. -->
<schedule>
    <generator name="pretalx" system="cfp.example.org" version="2024.1.0" />
    <version>1.2</version>
    <conference>
        <title>Delta Camp</title>
        <acronym>delta-camp-2024</acronym>
        <start>2024-05-03</start>
        <end>2024-05-05</end>
        <days>3</days>
        <timeslot_duration>00:05</timeslot_duration>
        <base_url>https://cfp.example.org</base_url>

        <time_zone_name>Europe/Rome</time_zone_name>

        <track name="Making" slug="14-making"  color="#a52a2a" />
    </conference>
    <day index='1' date='2024-05-03' start='2024-05-03T04:00:00+02:00' end='2024-05-04T03:59:00+02:00'>
        <room name='Tent' guid='47b38352-0691-5618-8b15-00000000000a'>
            <event guid='89839af4-ef15-5a58-8e2f-00000000000a' id='177' code='7DJ87Y'>
                <room>Tent</room>
                <title>Build a raft</title>
                <subtitle></subtitle>
                <type>Workshop</type>
                <date>2024-05-03T11:00:00+02:00</date>
                <start>11:00</start>
                <duration>1:02:00</duration>
                <abstract>**Bring** wood.</abstract>
                <slug>delta-camp-2024-177-build-a-raft</slug>
                <track>Making</track>
                <logo>/media/delta/raft.jpg</logo>
                <persons>
                    <person id='115'>Cora Beam</person><person id='116'>Ivo Rope</person>
                </persons>
                <language>it</language>
                <recording>
                    <license></license>
                    <optout>true</optout>
                </recording>
                <links></links>
                <attachments></attachments>

                <url>https://cfp.example.org/delta-camp-2024/talk/7DJ87Y/</url>
                <feedback_url></feedback_url>
            </event>
            <event guid='89839af4-ef15-5a58-8e2f-00000000000b' id='177' code='7DJ87Y'>
                <room>Tent</room>
                <title>Build a raft</title>
                <type>Workshop</type>
                <date>2024-05-03T15:00:00+02:00</date>
                <start>15:00</start>
                <duration>01:00</duration>
                <abstract></abstract>
                <track>Making</track>
            </event>
        </room>
    </day>
</schedule>
"""

WAFER_XML = """<?xml version="1.0" encoding="UTF-8"?>

<schedule>
  <generator name="wafer" version="0.14.0" />
  <version></version>
  <conference>
    <title>MonsoonConf</title>
          <start>2023-09-10</start>
          <end>2023-09-10</end>
        <days>1</days>
    <timeslot_duration>00:15</timeslot_duration>
    <base_url>https://monsoon.example.org</base_url>
    <time_zone_name>Asia/Kolkata</time_zone_name>
    <acronym>monsoon23</acronym>
  </conference>
    <day date="2023-09-09" start="2023-09-09T21:30:00+00:00" end="2023-09-10T21:29:59+00:00" index="1">
        <room name="Banyan">
                  <event id="35" guid="455d075f-48c0-2ec2-24b3-00000000000c">
                    <date>2023-09-10T05:00:00+00:00</date>
                    <start>10:30</start>
                      <duration>00:20</duration>
                    <room>Banyan</room>
                    <track>No Track</track>
                    <abstract/>
                    <subtitle/>
                    <slug>monsoon23-35-lunch</slug>
                        <title>Lunch</title>
                        <type/>
                          <description/>
                        <recording>
                            <optout>true</optout>
                        </recording>
                    <url>https://monsoon.example.org/talks/18-lunch/</url>
                  </event>
        </room>
    </day>
</schedule>
"""

OSEM_XML = """<schedule>
<version>3</version>
<conference>
<acronym>oSC24</acronym>
<title>Geeko Days</title>
<start>2024-06-27</start>
<end>2024-06-27</end>
<days>1</days>
<timeslot_duration>00:15</timeslot_duration>
</conference>
<day date='2024-06-27' index='1'>
<room name='Sala'>
<event guid='7d0f5f7a-0000-4000-8000-00000000000d' id='5'>
<date>2024-06-27T10:00:00+02:00</date>
<start>08:00</start>
<duration>00:45</duration>
<room>Sala</room>
<type>Talk</type>
<language>eng</language>
<slug>5-lizard-care</slug>
<title>Lizard care</title>
<subtitle></subtitle>
<track>Animals</track>
<abstract>Feed them.</abstract>
<description>Feed them.</description>
<recording>
<license />
<optout>false</optout>
</recording>
<persons>
<person id='9'>Lía Garto</person>
</persons>
</event>
</room>
</day>
</schedule>
"""

ENTRIES_XML = """<schedule created="2024-07-13T11:40:02"><day date="2024-07-21"><entry id="1"><category></category>
<start>0930</start><duration>30</duration><room>C01, B05</room><title>Breakfast</title><speakers></speakers></entry>
<entry id="37"><start>1030</start><duration>90</duration><room id="1">C01</room><title>Snakes</title>
<speakers><speaker id="1332"><name>Vi Per</name><profile>https://example.org/viper</profile></speaker></speakers></entry>
</day></schedule>
"""

FRAB_JSON = """{"schedule":{"version":"0.9","base_url":"https://talks.example.org/rt24/","conference":{
"acronym":"rt24","title":"River Talks 2024","start":"2024-08-01","end":"2024-08-01","daysCount":1,
"timeslot_duration":"00:15","days":[{"index":0,"date":"2024-08-01","day_start":"2024-08-01T10:00:00+02:00",
"day_end":"2024-08-02T04:00:00+02:00","rooms":{"Weir":[{"id":101,"guid":"0a8b1f0e-6c1c-4d0f-9a53-000000000001",
"logo":"/system/logos/101/boat.png","date":"2024-08-01T11:00:00+02:00","start":"11:00","duration":"00:30",
"room":"Weir","slug":"rt24-101-locks","url":"https://talks.example.org/rt24/events/101.html","title":"Locks",
"subtitle":null,"track":"Water","type":"lecture","language":"de","abstract":"A","description":null,
"recording_license":"","do_not_record":false,"persons":[{"id":7,"full_public_name":"Ada Weir","public_name":"Ada"}],
"links":[{"url":"https://locks.example.org","title":"Locks"}],
"attachments":[{"url":"/attachments/1/s.pdf","title":"Slides"}]}],"Quay":[]}}]}}}
"""

PRETALX_JSON = """{"$schema": "https://c3voc.de/schedule/schema.json", "generator": {"name": "pretalx", "version": "2025.1"},
"schedule": {"url": "https://cfp.example.org/delta/schedule/", "version": "2", "base_url": "https://cfp.example.org",
"conference": {"acronym": "delta", "title": "Delta Camp", "start": "2024-05-03", "end": "2024-05-03",
"timeslot_duration": "00:05", "time_zone_name": "Europe/Rome", "colors": {"primary": "#3aa57c"},
"rooms": [{"name": "Tent", "slug": "1-tent", "guid": "47b38352-0691-5618-8b15-00000000000a", "description": "Green",
"capacity": 40}, {"name": "Attic", "slug": "2-attic", "guid": "47b38352-0691-5618-8b15-00000000000b",
"description": null, "capacity": null}],
"tracks": [{"name": "Making", "slug": "14-making", "color": "#a52a2a"}],
"days": [{"index": 1, "date": "2024-05-03", "day_start": "2024-05-03T04:00:00+02:00",
"day_end": "2024-05-04T03:59:00+02:00", "rooms": {"Tent": [{"guid": "89839af4-ef15-5a58-8e2f-00000000000a",
"code": "7DJ87Y", "id": 177, "logo": null, "date": "2024-05-03T11:00:00+02:00", "start": "11:00", "duration": "1:02:00",
"room": "Tent", "slug": "delta-177-raft", "url": "https://cfp.example.org/delta/talk/7DJ87Y/", "title": "Build a raft",
"subtitle": "", "track": null, "type": "Workshop", "language": "it", "abstract": "**Bring** wood.", "description": "",
"recording_license": "", "do_not_record": false, "persons": [{"code": "CORA77", "name": "Cora Beam", "avatar": null,
"biography": "Builds.", "public_name": "Cora Beam", "guid": "5ab3d7a0-0000-5000-8000-00000000000e",
"url": "https://cfp.example.org/delta/speaker/CORA77/"}],
"links": [{"title": "Plan", "url": "https://example.org/plan", "type": "related"}],
"feedback_url": "https://cfp.example.org/delta/talk/7DJ87Y/feedback/",
"origin_url": "https://cfp.example.org/delta/talk/7DJ87Y/", "attachments": [], "answers": [{"question": 1}]}]}}]}}}
"""

HUB_JSON = """{"schedule": {"version": "2024-12-26", "base_url": "https://hub.example.org/", "conference": {"acronym": "38r",
"title": "38th River", "start": "2024-12-27T09:30:00+00:00", "end": "2024-12-28T17:45:00+00:00",
"time_zone_name": "Europe/Berlin", "tracks": [{"name": "Art & Beauty", "slug": "art-beauty", "colors": {"light": "#F9B000"}}],
"rooms": [{"name": "Saal 1", "slug": "saal-1", "guid": "ba692ba3-421b-5371-8309-00000000000f",
"description": {"en": "Big"}, "capacity": 3025}],
"days": [{"index": 1, "date": "2024-12-27", "start": "2024-12-27T09:30:00+00:00", "end": "2024-12-28T06:00:00+01:00"}]},
"events": [{"guid": "270fa44c-821a-577f-8ca3-00000000001a", "type": "talk", "start": "2024-12-28T00:15:00+01:00",
"end": "2024-12-28T00:55:00+01:00", "room": {"name": "Saal 1", "slug": "saal-1"}, "slug": "38r-night", "title": "Night",
"subtitle": null, "language": "en", "track": {"slug": "art-beauty"}, "abstract": "a", "description": "b",
"logo": {"url": "https://example.org/l.png"}, "participants": [{"guid": "0c16ffaa-709d-599f-959f-00000000001b",
"name": "Gab", "role": "speaker"}], "links": [], "attachments": [],
"feedback": {"url": "https://example.org/f/"}, "url": "https://hub.example.org/event/night/"}]}}
"""
