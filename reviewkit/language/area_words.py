"""The ten areas in the words of the field: sentences such as people write of each, and words that point to one.

Both are written from what textbooks and standards count to an area (PRINCE2's themes and lessons log, PMI's knowledge
areas, NASA's lessons): good and bad, told and advised, so that it is the subject that the sentences of an area share.
"""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.domain.words import Area

ANCHORS: Mapping[Area, tuple[str, ...]] = {
    Area.SCHEDULE: (
        "The plan was too optimistic: not enough time, no float, unrealistic estimates.",
        "The deadline was a fixed date set by politics.",
        "Milestones slipped and everything took longer than estimated.",
        "Realistic estimates kept us on time.",
        "We had to wait for another department; work was done in the wrong order.",
        "The cutover weekend, the moving day and the fall-back plan.",
        "Switching over from old to new while services kept running.",
        "Finished weeks ahead of schedule.",
        "The critical path and dependencies on other projects were not in the plan.",
        "Two projects needed the same place at the same time.",
        "Opening was postponed several times.",
        "Do not announce the date before the plan has been checked.",
        "Plan a rollback and a point of no return for the switch-over.",
        "Keep the old service running until the new one is proven.",
        "Sequence the work so that one step does not block the next.",
        "Put slack into the timetable and review the estimates.",
        "The go-live night went to the minute.",
    ),
    Area.BUDGET: (
        "It went over budget; the costs were higher than planned.",
        "Hidden costs and not enough contingency money.",
        "Spending was controlled well and it came in under budget.",
        "Staff were not released from their day jobs; there were too few people.",
        "Overloaded with work, overtime, two jobs at once, no backfill.",
        "Money, funding, prices and invoices.",
        "The project work came on top of the normal job.",
        "Nobody was replaced while they worked on the project.",
        "Our best people were promised and never came.",
        "Cost estimates left out maintenance, licences and running costs.",
        "The reserve was spent by spring.",
        "Set aside a contingency and say who may spend it.",
        "Free the named people for the project and pay for their replacement.",
        "Funding was cut in the middle of the year.",
        "The price rose because of inflation and the budget was not adjusted.",
    ),
    Area.STAKEHOLDERS: (
        "Nobody told us anything; we heard rumours and silence.",
        "Clear, honest information: newsletters, meetings, notices to staff and the public.",
        "The sponsor was absent or was replaced; management did not back it.",
        "The sponsor was present and removed obstacles.",
        "Decisions were slow; the board and committees could not decide.",
        "It was not clear who decides.",
        "Users were never asked what they need.",
        "Users took part in the design and their ideas were used.",
        "We learned of it from the newspaper.",
        "Residents, neighbours and customers were informed in good time.",
        "The steering group met monthly and postponed every item.",
        "Give one person the authority to decide and a date to decide by.",
        "Ask the people who do the job and let them try the design.",
        "Invite the staff concerned to shape the solution from the beginning.",
        "The director came to the site and listened.",
        "Letters, posters, e-mails and a hotline for questions.",
        "Conflicting interests between departments and no agreement.",
        "Escalations stayed unanswered for weeks.",
    ),
    Area.SCOPE: (
        "The scope kept growing with late wishes and extras.",
        "Change requests and change control.",
        "Requirements were unclear, wrong, forgotten or found too late.",
        "Requirements were gathered and written down well.",
        "A function that people need had never been specified.",
        "Every month somebody wanted one more thing.",
        "The specification described the old process and not what people do.",
        "Special cases came to light late.",
        "Write requirements down so that they can be checked.",
        "Freeze the scope and say no to additions, or charge them to whoever asks.",
        "What we ordered was not what was needed.",
        "The needs of night shift, remote sites or small groups were missed.",
        "Collect the needs on the spot and have each signed by an owner.",
        "New features were added after the design was approved.",
    ),
    Area.RISK: (
        "The risk register was ignored; warnings were not heard.",
        "The risk was on the list and we were prepared for it.",
        "Permits, licences and inspections by the authorities took months.",
        "Contaminated ground, asbestos or hidden damage was found in the building.",
        "Site surveys were skipped or were done well.",
        "Storm, flood, frost, strike or shortage on the market.",
        "Health and safety: accidents, injuries, near misses, security.",
        "The fire officer and the planning authority set new conditions.",
        "Old pipes and cables that were on no drawing.",
        "Nobody got hurt during the works.",
        "An unsafe ladder, an open pit, no protective equipment.",
        "Somebody walked in without a badge; data could have been stolen.",
        "Talk to the authority before you apply for the permit.",
        "Drill trial holes and open the ceilings before you sign.",
        "Review the risks every month and give each an owner and a trigger.",
        "Prices of steel and cables doubled; delivery worldwide was short.",
        "Bad weather stopped the work for weeks.",
        "Have a plan for the case that it happens.",
    ),
    Area.QUALITY: (
        "Testing was too short, too late or unrealistic.",
        "Commissioning and acceptance tests.",
        "Bugs, faults, snags and rework after go-live.",
        "The rehearsal, trial run or pilot found the problems before the opening.",
        "Parallel runs and prototypes.",
        "Handover to operations without documentation.",
        "Support in the weeks after go-live; the help line and hypercare.",
        "Weeks after opening we were still fixing defects.",
        "Test time was sacrificed to hold the date.",
        "Test with real data, real loads and real users.",
        "Do a dress rehearsal with everybody who will be there.",
        "The operating team got no manuals and no drawings.",
        "Workmanship was poor and things had to be done again.",
        "Nobody knew whom to call when something was wrong in the first weeks.",
        "Two teams ran the old and the new side by side and compared the results.",
        "Agree acceptance criteria and sign off only when they are met.",
        "The maintenance crew was part of commissioning and took over smoothly.",
        "Verification and inspection did not detect the failure.",
    ),
    Area.TECHNOLOGY: (
        "The system is slow, crashes, or loses its connection.",
        "It does not work offline; network, Wi-Fi and server outages.",
        "Migrating the old data: duplicates, wrong records, cleansing.",
        "Asset lists and master data were wrong.",
        "Interfaces between systems; unknown technical dependencies.",
        "The screen, the app or the device is easy or awkward to use.",
        "Rooms, desks, noise, heat, toilets, parking space.",
        "The new building or equipment is good to work in, or does not fit the daily work.",
        "Too many clicks, small letters, confusing menus.",
        "It takes ages to load, and at noon it hangs.",
        "Battery, printer, scanner, tablet and sensor trouble.",
        "Systems exchange data overnight and nobody knew which depended on which.",
        "Clean the data before you move them, with an owner for each field.",
        "Draw up all interfaces before the design.",
        "Measure coverage and load on the spot before you order.",
        "It is cold, loud and there is no place to put things.",
        "The light, the chairs and the air are much better than before.",
        "The hardware or software design had a fault.",
    ),
    Area.SUPPLIERS: (
        "The supplier delivered months late.",
        "Equipment, hardware or releases from the vendor arrived late.",
        "The vendor sent junior people and kept changing them.",
        "The contractor's people were excellent.",
        "The contract was unclear on penalties, fees, service levels and exit.",
        "The old provider did not hand its knowledge over to the new one.",
        "Shipments stood at the factory or at customs for weeks.",
        "Their technician came the same day and knew what to do.",
        "Every small change cost an extra fee by the contract.",
        "Choose the vendor by references and meet the people who will come.",
        "Write delivery milestones, penalties and service levels into the contract.",
        "Agree in the contract how the outgoing provider hands over passwords and documents.",
        "The tender and the award of the contract.",
        "The subcontractor did poor work and nobody supervised him.",
        "The licence did not cover what we wanted to do.",
        "The manufacturer's support answered after weeks.",
    ),
    Area.PEOPLE: (
        "Training came too early, was too short, or was good.",
        "Trainers, super users and floor walkers helped us learn it.",
        "One person knew everything, and then retired or fell ill.",
        "The team worked together well; good spirit and humour.",
        "Blame, quarrels and no trust in the team.",
        "People feared for their jobs and were against the change.",
        "The union and the middle managers resisted, or were won over.",
        "Half of what we learned in the course was forgotten.",
        "Colleagues who know the tool stood beside us on the first days.",
        "When she left, the knowledge left with her.",
        "Everybody helped everybody, nobody watched the clock.",
        "Sitting in one room made the difference.",
        "Train people shortly before they need it, in their own workplace.",
        "Have a deputy for every expert, and write down what they know.",
        "Talk to the works council and the staff about their future early.",
        "Supervisors told their people that it would go away again.",
        "Sceptics became supporters once they had tried it.",
    ),
    Area.BENEFITS: (
        "The promised benefits are not there, or nobody measures them.",
        "It saves money and time every week.",
        "Customers are happier and complaints have fallen.",
        "The business case and its savings came true.",
        "Better than before: the result for users and the public.",
        "Nobody wrote down how things were before, so nothing can be compared.",
        "More people use it than before.",
        "The savings are on paper only.",
        "Less energy, less paper, fewer journeys.",
        "Measure the baseline before the start and again a year later.",
        "Name an owner for each benefit who reports it after the close.",
        "Was it worth it?",
        "What used to take days takes minutes now.",
    ),
}
"""Sentences such as people write, several to an area and of both signs."""

_WORDS: Mapping[Area, str] = {
    Area.SCHEDULE: """
        schedule timetable deadline milestone estimate float slack critical path sequence postpone cutover switchover
        rollback fallback changeover go-live opening date weekend optimistic overdue early start duration downtime
        calendar plan dates slipped ahead
    """,
    Area.BUDGET: """
        budget cost overspend underspend money funding fund invoice price contingency reserve pounds euros expensive
        cheap overtime backfill workload overload released release staffing understaffed headcount secondment day-job
        finance payment spent spending capacity
    """,
    Area.STAKEHOLDERS: """
        sponsor board steering committee decision decide decided communication newsletter rumour informed inform notice
        letter press public residents neighbours stakeholder director minister meeting announcement consult consulted
        listened involve involved asked workshop governance silence told leadership escalate
    """,
    Area.SCOPE: """
        scope requirement specification specify specified creep wishes extra change-request change-control exception
        feature function need variant baseline omitted overlooked forgotten rule
    """,
    Area.RISK: """
        risk register warning warned permit authority inspection inspector licence planning-permission asbestos
        contamination ground soil survey weather storm flood frost snow strike shortage accident injury injured safety
        safe hazard near-miss fire security theft burglary incident contaminated mould archaeology regulator pandemic
        hazardous
    """,
    Area.QUALITY: """
        test tested testing commissioning acceptance bug defect fault snag rework rehearsal pilot trial prototype
        parallel handover manual documentation hypercare helpdesk quality workmanship verify verification
        inspection validate validation leak tolerance checklist
    """,
    Area.TECHNOLOGY: """
        system software hardware server network wifi wi-fi connection offline crash slow interface integration migration
        data database record duplicate screen app device tablet printer menu click login password update room desk chair
        noise heating ventilation toilet parking light sensor battery circuit software code algorithm
    """,
    Area.SUPPLIERS: """
        supplier vendor contractor subcontractor contract tender bid penalty procurement delivery delivered deliver
        shipment manufacturer factory provider outsourcing warranty clause service-level kpi consultant fee award spare
    """,
    Area.PEOPLE: """
        training trained trainer train course learn learned morale spirit trust blame union fear afraid resistance
        colleague team retire retired retirement knowledge expert expertise deputy humour motivation skill sceptic
        supervisor mentor floor-walker super-user culture
    """,
    Area.BENEFITS: """
        benefit saving save saved savings satisfaction complaint business-case outcome worth revenue efficiency faster
        baseline measured improvement energy reduction value result
    """,
}

WORDS: Mapping[Area, frozenset[str]] = {area: frozenset(words.split()) for area, words in _WORDS.items()}
"""Words that point to an area wherever they stand; a hyphen joins what stands in several words."""
