"""Who was let in: organizations, memberships, invitations, clients and tokens."""
