"""The story of the portal, told once through the real actions: `manage.py story`."""
