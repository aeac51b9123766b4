"""One statement that finds what ties any number of people to any number of applications.

In SQL, because it joins every reviewer with every file: a loop over either would grow with both.
`detail` says what was found: a domain, the name of a lab, the words of a declaration, or the
person's own name where Python has to look for it among the authors.
"""

# Parameters: files (ids), people (ids), pending (statuses).
FIND_TIES = """
WITH file AS (
    SELECT id, applicant_id, institution_id
    FROM applications_application WHERE id = ANY(%(files)s)
), candidate AS (
    SELECT id, email, name FROM accounts_user WHERE id = ANY(%(people)s)
), address AS (
    SELECT user_id, lower(email) AS email, split_part(lower(email), '@', 2) AS domain
    FROM account_emailaddress
    WHERE verified AND user_id IN (SELECT id FROM candidate)
), named AS (
    SELECT file.id AS file_id, person.email AS email
    FROM file JOIN accounts_user person ON person.id = file.applicant_id
    UNION
    SELECT file.id, lower(own.email)
    FROM file JOIN account_emailaddress own ON own.user_id = file.applicant_id AND own.verified
    UNION
    SELECT file.id, listed.email
    FROM file JOIN applications_listedcollaborator listed ON listed.application_id = file.id
), party AS (
    SELECT id AS file_id, applicant_id AS user_id FROM file
    UNION
    SELECT named.file_id, known.user_id
    FROM named JOIN account_emailaddress known ON lower(known.email) = named.email
    WHERE known.verified
), party_email AS (
    SELECT file_id, email FROM named
    UNION
    SELECT party.file_id, lower(known.email)
    FROM party JOIN account_emailaddress known ON known.user_id = party.user_id
    WHERE known.verified
), seat AS (
    SELECT user_id, organization_id FROM organizations_membership
    WHERE joined_at IS NOT NULL AND user_id IS NOT NULL
      AND (ended_at IS NULL OR ended_at > carrel_now() - interval '2 years')
      AND (user_id IN (SELECT id FROM candidate) OR user_id IN (SELECT user_id FROM party))
), pending AS (
    SELECT id, applicant_id FROM applications_application
    WHERE submitted_at IS NOT NULL AND status = ANY(%(pending)s)
), joint AS (
    SELECT pending.id, pending.applicant_id AS user_id FROM pending
    WHERE applicant_id IN (SELECT id FROM candidate)
    UNION
    SELECT pending.id, address.user_id
    FROM address
    JOIN applications_listedcollaborator listed ON listed.email = address.email
    JOIN pending ON pending.id = listed.application_id
), partner AS (
    SELECT party.file_id, pending.id FROM pending JOIN party ON pending.applicant_id = party.user_id
    UNION
    SELECT party_email.file_id, listed.application_id
    FROM party_email JOIN applications_listedcollaborator listed ON listed.email = party_email.email
), found AS (
    SELECT file_id, user_id, 'PART' AS kind, '' AS detail
    FROM party WHERE user_id IN (SELECT id FROM candidate)
    UNION
    SELECT named.file_id, candidate.id, 'PART', ''
    FROM named JOIN candidate ON candidate.email = named.email
    UNION
    -- Also by an address that nobody has verified: it opens nothing, so it may close.
    SELECT named.file_id, claimed.user_id, 'PART', ''
    FROM named JOIN account_emailaddress claimed ON lower(claimed.email) = named.email
    WHERE claimed.user_id IN (SELECT id FROM candidate)
    UNION
    SELECT file.id, address.user_id, 'SAME_INSTITUTION', address.domain || ' ' || owned.domain
    FROM file
    JOIN institutions_institution place ON place.id = file.institution_id
    CROSS JOIN LATERAL unnest(place.domains) AS owned (domain)
    JOIN address ON address.domain = owned.domain
      OR right(address.domain, length(owned.domain) + 1) = '.' || owned.domain
    UNION
    SELECT party_email.file_id, address.user_id, 'SAME_DOMAIN', address.domain
    FROM party_email JOIN address ON address.domain = split_part(party_email.email, '@', 2)
    UNION
    SELECT party.file_id, own.user_id, 'SAME_LAB', lab.name
    FROM party
    JOIN seat theirs ON theirs.user_id = party.user_id
    JOIN seat own ON own.organization_id = theirs.organization_id
    JOIN organizations_organization lab ON lab.id = own.organization_id
    WHERE own.user_id IN (SELECT id FROM candidate)
    UNION
    SELECT partner.file_id, joint.user_id, 'JOINT_APPLICATION', ''
    FROM partner JOIN joint ON joint.id = partner.id AND joint.id <> partner.file_id
    UNION
    SELECT file.id, said.declared_by_id, 'DECLARED', said.sentence
    FROM file
    JOIN reviews_declaration said ON said.ended_at IS NULL
      AND said.declared_by_id IN (SELECT id FROM candidate)
      AND (said.subject_id = file.id OR said.institution_id = file.institution_id
           OR said.email IN (SELECT email FROM party_email WHERE file_id = file.id))
    UNION
    SELECT file.id, candidate.id, 'COAUTHOR', candidate.name FROM file CROSS JOIN candidate
)
SELECT file_id, user_id, kind, detail
FROM found
WHERE NOT EXISTS (
    SELECT 1 FROM reviews_conflict known
    WHERE known.subject_id = file_id AND known.person_id = user_id
      -- Whoever takes part needs no other reason.
      AND known.kind IN (found.kind, 'PART')
      AND (known.kind <> 'DECLARED' OR known.lifted_at IS NULL)
)
ORDER BY file_id, user_id, kind, detail
"""
