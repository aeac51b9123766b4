"""The pages of a lab's members, invitations and clients."""
