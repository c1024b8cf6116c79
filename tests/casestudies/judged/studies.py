"""Demonstration data: sixty short case studies, made up to judge searches by. None of it happened.

Each is an address, a title, a summary and what was done; `queries.py` says which of them answer what.
"""

STUDIES: tuple[tuple[str, str, str, str], ...] = (
    (
        "alley-gates",
        "Alley gates behind terraced streets",
        "Lockable gates closed forty alleys behind terraces, and burglary from the rear fell by half.",
        "Burglars came through unlit passages at the back. Residents agreed to each closure order, the council fitted "
        "gates, and every household got a key. Rubbish in the passages fell too.",
    ),
    (
        "student-locks",
        "Better locks for student houses",
        "Landlords fitted window and door locks before term began; fewer students were burgled in the first weeks.",
        "Half of all burglaries in the ward were in shared houses in October. The university, landlords and police "
        "inspected doors, and a deposit scheme rewarded landlords who met the standard.",
    ),
    (
        "repeat-victims",
        "Helping those who were burgled before",
        "Homes that had been burgled got an alarm on loan within two days, because the risk is highest in six weeks.",
        "Analysis of repeat victimisation showed that one home in ten suffered a third of the offences. Officers lent "
        "alarms, a locksmith called free of charge, and neighbours were asked to look out.",
    ),
    (
        "distraction-burglary",
        "Bogus callers at the doors of older people",
        "Door chains, a password scheme with the utilities and a video stopped distraction burglary of the elderly.",
        "Tricksters said they were from the water board. Banks alerted us when a pensioner "
        "withdrew large sums in cash, "
        "and sheltered housing wardens passed warnings on within the hour.",
    ),
    (
        "second-hand-dealers",
        "Nowhere to sell stolen goods",
        "A register of second-hand shops made stolen phones and jewellery hard to sell, and burglary followed it down.",
        "Market reduction: trading standards inspected pawnbrokers, sellers had to show identity, and property was "
        "marked with an invisible pen.",
    ),
    (
        "car-park-standard",
        "Car parks that drivers trust",
        "Lighting, patrols and clear sight lines brought three car parks to the safer parking standard.",
        "Thefts from vehicles clustered on two levels that attendants could not see. Pillars were painted white, "
        "hedges cut and exits narrowed. Theft of vehicles fell by sixty per cent.",
    ),
    (
        "satnav-theft",
        "Nothing left on show",
        "A campaign at stations told drivers to take satellite navigation devices and the mark on the windscreen away.",
        "Officers left a mock parking ticket on cars with valuables on the seat. Thefts from motor vehicles fell while "
        "the campaign ran and rose again after it, so it now runs each autumn.",
    ),
    (
        "joyriding",
        "Young drivers off the estate roads",
        "A motor project taught teenagers who had stolen cars to repair and race their own.",
        "Joyriding drew crowds on Friday nights. Road humps closed the circuit, and the youth "
        "offending team sent those "
        "who took vehicles to a garage with a banger racing team.",
    ),
    (
        "bike-register",
        "Marking and registering bicycles",
        "Cycles were stamped at the station, stands moved into view, and theft of bicycles fell by a quarter.",
        "Most were locked to railings with thin cables. A shop gave a discount on good locks, and officers left "
        "stickers on bikes that were badly locked.",
    ),
    (
        "off-road-bikes",
        "Off-road motorbikes in the country park",
        "Barriers, seizure of mini motos and a licensed track ended the noise on the heath.",
        "Walkers complained of illegal scrambling. Police used section 59 warnings and crushed "
        "machines; a farmer let a "
        "field for a supervised club.",
    ),
    (
        "taxi-marshals",
        "Marshals at the taxi rank",
        "Stewards kept the queue after closing time and violence at the rank nearly ended.",
        "Fights broke out between one and three in the morning. Drivers came more readily once marshals wore "
        "high-visibility coats and had a radio to the control room.",
    ),
    (
        "glass-ban",
        "Plastic instead of glass",
        "Polycarbonate glasses in fifteen bars ended injuries from broken glass.",
        "The hospital told us which premises the wounded came from. Licensing conditions asked for plastic at weekends "
        "and the brewery paid for the first thousand.",
    ),
    (
        "street-pastors",
        "Street pastors after closing time",
        "Volunteers from churches walked the town centre at night with water, flip-flops and patience.",
        "They calmed quarrels before they became fights, put drunken people into taxis and found lost friends. "
        "Assaults late at night fell by a fifth.",
    ),
    (
        "test-purchase",
        "No sales of alcohol to children",
        "Test purchases and training for tills cut sales to under-eighteens from half to one in twelve.",
        "Trading standards sent volunteers of fifteen. Shops that failed took a course; those that failed twice had "
        "their licence reviewed. Fewer children drank in the park.",
    ),
    (
        "drinking-zone",
        "A park without street drinking",
        "An order against drinking in public, with outreach workers beside the police, brought families back.",
        "A group of dependent drinkers gathered by the bandstand. Enforcement alone moved them on; "
        "a wet day centre with "
        "treatment gave them somewhere to go.",
    ),
    (
        "hospital-data",
        "What the emergency department knows",
        "Anonymous records of assaults from the hospital showed places the police had never heard of.",
        "Receptionists asked where, when and with what weapon. The information was shared monthly and used to plan "
        "patrols; violence known only to the hospital was two thirds of all.",
    ),
    (
        "domestic-court",
        "A court for domestic violence",
        "Specialist magistrates, an adviser for each victim and fast listing raised convictions.",
        "Too many cases collapsed because women withdrew. Independent advisers stayed with victims "
        "from the first call, "
        "and the court heard all such cases on one day.",
    ),
    (
        "marac",
        "Talking about those in most danger",
        "A monthly conference on high-risk victims of domestic abuse cut repeat attacks.",
        "Police, health, housing, children's services and a refuge shared information on twenty cases in a morning. "
        "Each got a plan with named agencies.",
    ),
    (
        "sanctuary",
        "Sanctuary in one's own home",
        "A safe room and stronger doors let survivors of abuse stay at home instead of moving to a hostel.",
        "The fire service fitted letter-box guards, the council paid for locks, and homelessness because of violence "
        "in relationships fell by a third.",
    ),
    (
        "perpetrators",
        "Working with men who hurt their partners",
        "A programme of thirty weeks for violent partners, with support for the women beside it.",
        "Probation and a charity ran groups for men who asked for help or were sent by the court. Women were told of "
        "progress and of risk.",
    ),
    (
        "hate-reporting",
        "Reporting hate crime away from the police station",
        "Third-party reporting centres in mosques, libraries and a gay bar doubled the reports of hate incidents.",
        "People did not trust uniforms. Staff were trained to take a statement, and a panel followed up each racist or "
        "homophobic incident within a week.",
    ),
    (
        "disability-harassment",
        "Harassed because of a disability",
        "People with learning difficulties learnt what to report, and bus drivers what to look for.",
        "Name-calling and theft on buses had been taken for pranks. A self-advocacy group made a film with actors.",
    ),
    (
        "travellers",
        "Sites that travellers and neighbours agree on",
        "Negotiated stopping places ended a summer of evictions and fly-tipping.",
        "A liaison officer visited each camp on its first day, the council provided skips and toilets, and complaints "
        "from residents fell.",
    ),
    (
        "asb-contracts",
        "Acceptable behaviour contracts that work",
        "A signed promise, support for parents and a review each month ended most antisocial behaviour before court.",
        "Of ninety young people who signed, seventy were not heard of again. Only six went on to "
        "an antisocial behaviour "
        "order, and each of these with a youth worker.",
    ),
    (
        "noise-team",
        "Noisy neighbours at night",
        "Environmental health and police answered calls together until four in the morning.",
        "Loud music and parties were the commonest complaint. Officers could seize stereos on the spot, and mediation "
        "was offered the week after.",
    ),
    (
        "mediation",
        "Neighbours who talk again",
        "Volunteer mediators settled disputes over hedges, parking and children before anybody called the police.",
        "Housing associations referred quarrels early. Two in three ended in an agreement that both sides signed.",
    ),
    (
        "crack-house",
        "Closing crack houses",
        "Closure orders took effect within a month, and neighbours gave evidence without being named.",
        "Dealers had taken over the flats of vulnerable tenants. Housing officers collected diaries of nuisance, the "
        "premises were boarded up, and tenants were moved to supported housing.",
    ),
    (
        "drug-litter",
        "Needles off the playground",
        "Sharps bins, a hotline and a needle exchange near by took drug litter off the streets.",
        "Parents found syringes by the swings. Cleansing crews answered within two hours and mapped each find.",
    ),
    (
        "drug-treatment",
        "From arrest to treatment in a day",
        "Workers in the custody suite brought people arrested for acquisitive crime into drug treatment.",
        "Everybody arrested for theft was tested for heroin and cocaine. Those who stayed in "
        "treatment for three months "
        "offended half as often.",
    ),
    (
        "cannabis-factories",
        "Cannabis grown in rented houses",
        "Letting agents learnt the signs of a cannabis factory and reported forty in a year.",
        "Blacked-out windows, heat and a bypassed meter give it away. The electricity company shared unusual readings.",
    ),
    (
        "prolific-offenders",
        "The forty who do the most",
        "Prolific offenders had a choice: help with housing, drugs and work, or close attention from the police.",
        "One team of police, probation and drug workers in one office met each man at the prison "
        "gate. Reconvictions of "
        "the group fell by a half.",
    ),
    (
        "prison-leavers",
        "A bed on the day of release",
        "A room, a bank account and a doctor on the day people leave prison kept more of them out of it.",
        "Short sentences end on a Friday with nowhere to sleep. The council held back six rooms, and mentors who had "
        "been inside came along.",
    ),
    (
        "restorative",
        "Face to face with the harm",
        "Restorative meetings between children and those they had harmed satisfied both and cost less than court.",
        "A conference replaced a reprimand for first offences at three schools and a children's home.",
    ),
    (
        "youth-shelter",
        "Somewhere to go for young people",
        "A shelter and a lit pitch that teenagers designed themselves took the gathering away from the shops.",
        "Shopkeepers feared groups outside. Calls about nuisance youths fell by forty per cent, and vandalism of the "
        "shelter itself has been small.",
    ),
    (
        "midnight-football",
        "Football on Friday night",
        "Coaches on three estates from eight to midnight, with a youth worker at each pitch.",
        "Criminal damage and calls about rowdy groups fell on the nights of play, and on other nights too.",
    ),
    (
        "truancy",
        "Truancy sweeps with a purpose",
        "Education welfare officers and police walked the town in school hours and took absent children back to class.",
        "Shoplifting by pupils in the daytime fell. Families got a visit, not a fine, the first time.",
    ),
    (
        "knife-arch",
        "Weapons out of schools",
        "Search arches at bus stations, lessons by surgeons and amnesty bins cut knives among the young.",
        "Pupils said that they carried blades out of fear. Former gang members spoke to classes, and stabbings of "
        "under-twenties fell.",
    ),
    (
        "gangs",
        "Leaving a gang",
        "Street workers who had left gangs themselves offered a way out: a move, a job, a mentor.",
        "Shootings between two postcodes had gone on for years. Families were told together what would follow the next "
        "shot, and what help there was.",
    ),
    (
        "school-bullying",
        "Older pupils against bullying",
        "Trained peer supporters and a safe room ended most bullying on the way to school.",
        "A survey mapped where pupils were afraid: the bus queue and the underpass. Staff stood there for a term.",
    ),
    (
        "graffiti",
        "Graffiti gone in a day",
        "Quick removal, a legal wall and a register of tags cut graffiti by two thirds.",
        "Offensive words went within four hours. Photographs of tags let the police link damage at thirty places to "
        "nine people, who cleaned it off themselves.",
    ),
    (
        "criminal-damage-buses",
        "Stones thrown at buses",
        "A driver's radio, cameras and visits to schools ended attacks on one route.",
        "Windows were broken at the same two stops after school. The operator paid for a decoy bus with officers on "
        "board.",
    ),
    (
        "arson",
        "Rubbish fires and burnt-out cars",
        "Removing untaxed cars within a day left nothing to set on fire.",
        "Deliberate fires cost the fire service three hundred calls. Skips in spring and locked bins behind shops did "
        "the rest.",
    ),
    (
        "hoax-calls",
        "Hoax calls to the fire service",
        "Blocking telephones and a talk at school cut false alarms by children by half.",
        "Most came from four call boxes in the holidays.",
    ),
    (
        "fly-tipping",
        "Fly-tipping on farm tracks",
        "Hidden cameras, gates and a fine for householders who hire rogue traders cleared the lanes.",
        "Builders dumped waste at night. Farmers got advice and a number to ring; prosecutions were in the paper.",
    ),
    (
        "farm-watch",
        "Farmers who ring each other",
        "A text message system warned farms of strangers and stolen tractors within minutes.",
        "Quad bikes, diesel and sheep went from lonely yards. Machines were marked and tracked, "
        "and rural crime fell by "
        "a fifth in the valley.",
    ),
    (
        "poaching",
        "Hare coursing on winter fields",
        "Five forces shared number plates and seized dogs; coursers stopped coming.",
        "Gates were driven through and farmers threatened. Landowners dug ditches and rang a single number.",
    ),
    (
        "church-lead",
        "Lead from church roofs",
        "Forensic marking, alarms and checks at scrap yards stopped metal theft from churches.",
        "Thieves came back for the new roof within a month. Scrap dealers agreed to pay no cash.",
    ),
    (
        "shop-radio",
        "Shops that warn each other",
        "A radio link and an exclusion scheme cut shoplifting in the high street.",
        "Retailers shared photographs of thieves known to the courts, under an information sharing agreement. Those on "
        "the list are banned from all shops.",
    ),
    (
        "retail-violence",
        "Abuse of people who work in shops",
        "Training, a panic button and posters cut assaults on staff of small shops.",
        "Refusing to sell alcohol or cigarettes was the commonest trigger.",
    ),
    (
        "bus-station",
        "A bus station that feels safe",
        "Glass walls, staff until the last bus and music cut fear and robbery.",
        "Passengers avoided it after dark. Pupils helped to redesign the waiting room.",
    ),
    (
        "robbery-phones",
        "Mobile phones on the way home",
        "Escorts after school, safe havens in shops and blocked handsets cut robbery of pupils.",
        "Victims and robbers were both fourteen, and most offences took place between three and five.",
    ),
    (
        "street-lighting",
        "Lights where people walk",
        "White lighting on two estates cut crime by day as well as by night.",
        "Residents chose the streets in a survey. An evaluation with a comparison area found a fall in burglary and in "
        "vehicle crime.",
    ),
    (
        "cctv-review",
        "Do the cameras help?",
        "A review of town centre CCTV moved half of the cameras and saved money.",
        "Cameras cut theft in car parks and did little against violence. Footage was asked for in a third of cases.",
    ),
    (
        "neighbourhood-watch",
        "Neighbourhood watch on estates that never had one",
        "Tenants' groups, not the police, recruited watch members in high-crime streets.",
        "Fear of reprisals was the obstacle. Coordinators got training and a bulletin in five languages.",
    ),
    (
        "pact-meetings",
        "Residents set the priorities",
        "Monthly meetings let residents choose three problems for the neighbourhood team, which reported back.",
        "Speeding, parking and litter came before burglary. Confidence in the police rose by eleven points.",
    ),
    (
        "speeding-volunteers",
        "Volunteers with a speed gun",
        "Trained residents recorded speeding through villages and letters went to drivers.",
        "Average speed fell by six miles an hour. Injuries on the road fell in the second year.",
    ),
    (
        "joint-tasking",
        "One table for information and tasks",
        "Analysts of police, council and fire service wrote one assessment, and a tasking group "
        "acted on it fortnightly.",
        "Before, each agency met alone. A protocol settled which data may be shared under section 115.",
    ),
    (
        "scrutiny",
        "Councillors who ask questions",
        "A scrutiny committee looked at the partnership's results in public twice a year.",
        "Members visited projects and heard from victims. Two projects without results were closed.",
    ),
    (
        "training-partners",
        "Learning to solve problems together",
        "Staff of six agencies learnt problem solving in mixed groups, each with a real problem.",
        "The course of three days ended with a project. Half of the projects were still running a year later.",
    ),
    (
        "migrant-workers",
        "New arrivals who know whom to ask",
        "Welcome packs in Polish and Portuguese, and a clinic in a factory, made seasonal workers harder to exploit.",
        "Gangmasters kept passports and wages. Police, the labour inspectorate and a church shared what they heard.",
    ),
)
