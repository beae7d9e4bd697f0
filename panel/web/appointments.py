"""Appointments: one's own in the panel, everybody's in the back end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.db.tables import Appointment
from panel.domain.moments import local
from panel.domain.states import STATES
from panel.services import appointment_edits, appointment_lists, appointments as services
from panel.services.appointment_lists import Filter
from panel.web.appointment_forms import AppointmentForm, GiveForm, ServiceForm, WhenForm, anyway
