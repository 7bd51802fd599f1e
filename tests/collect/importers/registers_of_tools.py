"""A register of each tool that people arrive with, as the tool writes it."""

from __future__ import annotations

OPENPROJECT = """\ufeff"ID","Subject","Type","Status","Assignee","Priority","Probability (1-5)","Impact (1-5)",\
"Description","Response strategy","Mitigation plan","Created on"
"214","Permit late","Risk","In progress","Ann Lee","High","4","5","Because the council meets once a month, \
the permit may come late, leading to idle crews.","Mitigate","Ask in March","03/14/2026 09:41 AM"
"215","Cheap fibre","Opportunity","New","","Normal","2","3","","Exploit","","03/02/2026 10:00 AM"
"""
REDMINE = """#,Project,Subject,Category,Probability,Impact,Status,Strategy,Description,Treatments,Lessons
12,TAP,Validators late,Supplier,60,90,Open,mitigate,"The factory slips, again",monthly call,
13,TAP,=Strike,People,5,20,Closed,accept,-nobody knows,,Talk first
"""
CISO = """\ufeffref_id;assets;threats;name;description;existing_applied_controls;current_impact;current_proba;\
current_risk;additional_controls;residual_impact;residual_proba;residual_risk;treatment;strength_of_knowledge;justification
R.1;Core banking;Ransomware;Backups are encrypted too;"An attacker reaches the backups; nothing can be restored";Daily \
backups;Critical;Likely;High;Offline copies;Moderate;Unlikely;Low;mitigate;Medium;
R.2;HR portal;Phishing;Accounts are taken over;;;Major;Possible;Medium;;Minor;Possible;Low;accept;Low;Cheap to repair
"""
PRIMAVERA = """Id,Name,Cause,Description,Effect,IdentifiedDate,Status,Type
R-1,Crane late,One supplier,The crane may come late,Idle crews,12-Mar-26,Open,Threat
R-2,Early steel,Spare capacity,Steel may come early,Earlier finish,13-Mar-26,Managed,Opportunity
R-3,Flood,River,Site may flood,Delay,14-Mar-26,Rejected,Threat
"""
JIRA = """Summary,Issue key,Issue id,Issue Type,Status,Assignee,Created,Labels,Labels,Description,\
Custom field (Probability),Custom field (Impact),Custom field (Risk response)
Vendor late,TAP-7,10007,Risk,Open,Ann,12/Mar/24 9:41 AM,vendor,tap,One factory only,4,5,Mitigate
Strike,TAP-8,10008,Risk,Closed,Bo,13/Mar/24 9:41 AM,people,,The union ballots,2,3,Accept
"""
GENERIC_1_TO_5 = """Risk ID,Risk title,Cause,Risk event,Effect,Category,Likelihood,Severity,Status,Owner,Response,\
Mitigation,Date raised,Our code
A1,Late hall,Two tenders,The hall may be late,No opening,Buildings,4,5,Open,Ann,Mitigate: two shifts,,2026-03-14,x7
A2,Theft,Open site,Copper may be stolen,Rework,Site,1,2,Closed,Bo,Accept,,2026-03-02,x8
"""
GENERIC_0_TO_100 = """No;Name;Probability;Impact;Risk owner;Materialised
1;Late hall;70;95;Ann;yes
2;Theft;8;15;Bo;no
"""
GENERIC_WORDS = """Ref,Risk,Likelihood,Impact,Treatment,Risk description
1,Late hall,likely,major,reduce,"Because of two tenders, the hall may be late, leading to no opening."
2,Theft,Rare,Minor,accept,Copper may be stolen
"""

REGISTERS = {
    "openproject": OPENPROJECT,
    "redmine": REDMINE,
    "ciso": CISO,
    "primavera": PRIMAVERA,
    "jira": JIRA,
    "1-5": GENERIC_1_TO_5,
    "0-100": GENERIC_0_TO_100,
    "words": GENERIC_WORDS,
}
