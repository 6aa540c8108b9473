"""The only writers of this room."""

from agencies.actions.custody import CustodyChange, set_custody
from agencies.actions.places import remove_period, save_period, set_usual_places

__all__ = ["CustodyChange", "remove_period", "save_period", "set_custody", "set_usual_places"]
