"""JSON-LD with rdflib and pyshacl: every event has a label, a sentence of an
article, and roles with an actor; dates are dates.
Arguments: the folder with the exports, graph.json."""
import json
import sys
from pathlib import Path

from pyshacl import validate
from rdflib import Graph

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sem:Event ;
  sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path sem:eventType ; sh:nodeKind sh:IRI ; sh:minCount 1 ] ;
  sh:property [ sh:path sem:hasActor ; sh:class sem:Role ] ;
  sh:property [ sh:path sem:hasPlace ; sh:class sem:Actor ; sh:maxCount 1 ] ;
  sh:property [ sh:path sem:hasEarliestBeginTimeStamp ; sh:datatype xsd:date ; sh:maxCount 1 ] ;
  sh:property [ sh:path sem:hasLatestEndTimeStamp ; sh:datatype xsd:date ; sh:maxCount 1 ] ;
  sh:property [ sh:path ( prov:wasDerivedFrom prov:wasQuotedFrom ) ; sh:class schema:NewsArticle ; sh:minCount 1 ] ;
  sh:property [ sh:path ( prov:wasDerivedFrom schema:text ) ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass sem:Role ;
  sh:property [ sh:path rdf:value ; sh:class sem:Actor ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path sem:roleType ; sh:minCount 1 ] .
"""

folder, graph = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
data = Graph().parse(folder / "jsonld", format="json-ld")
conforms, _, text = validate(data, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))
assert conforms, text[:2000]
asked = data.query(
    """PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
    SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e a sem:Event }"""
)
events = int(next(iter(asked)).n)
assert events == len(graph["events"]), events
print(f"{len(data)} triples, {events} events, shapes hold")
