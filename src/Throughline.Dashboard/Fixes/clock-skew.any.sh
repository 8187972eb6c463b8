# On both hosts: "System time" says how far the clock is off, "Leap status : Normal" that it is kept right.
chronyc tracking
