"""Demonstration data: what people might look for, and which of the sixty made-up case studies answer it.

The answers were judged by reading the case studies, not by searching them. Some questions use no word of their answer.
"""

QUERIES: dict[str, set[str]] = {
    "burglary": {"alley-gates", "student-locks", "repeat-victims", "distraction-burglary", "second-hand-dealers"},
    "burglary in student houses": {"student-locks"},
    "closing alleyways": {"alley-gates"},
    "elderly people conned on the doorstep": {"distraction-burglary"},
    "theft from cars": {"car-park-standard", "satnav-theft"},
    "vehicle crime": {"car-park-standard", "satnav-theft", "joyriding", "street-lighting"},
    "bike theft": {"bike-register"},
    "mini motos nuisance": {"off-road-bikes"},
    "violence in the night-time economy": {"taxi-marshals", "glass-ban", "street-pastors"},
    "underage drinking": {"test-purchase"},
    "drinking in parks": {"drinking-zone", "test-purchase"},
    "sharing information between agencies": {"joint-tasking", "marac", "hospital-data", "shop-radio"},
    "hospital assault data": {"hospital-data"},
    "domestic violence": {"domestic-court", "marac", "sanctuary", "perpetrators"},
    "domestic abuse refuge": {"marac", "sanctuary"},
    "racist incidents reporting": {"hate-reporting"},
    "hate crime against disabled people": {"disability-harassment", "hate-reporting"},
    "anti-social behaviour young people": {"asb-contracts", "youth-shelter", "midnight-football"},
    "ASB orders": {"asb-contracts"},
    "noisy neighbours": {"noise-team", "mediation"},
    "drug dealing from flats": {"crack-house"},
    '"drug treatment" offenders': {"drug-treatment", "prolific-offenders"},
    "discarded needles": {"drug-litter"},
    "resettlement of prisoners": {"prison-leavers", "prolific-offenders"},
    "knife crime": {"knife-arch", "gangs"},
    "youth diversion sport": {"midnight-football", "youth-shelter"},
    "vandalism and graffiti": {"graffiti", "criminal-damage-buses"},
    "rural crime farms": {"farm-watch", "fly-tipping", "poaching"},
    "shoplifting -truancy": {"shop-radio"},
    "CCTV effectiveness": {"cctv-review"},
}
