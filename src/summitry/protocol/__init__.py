"""Protocol: how the guests of one edition are ranked, seated, addressed, met, driven, lodged and fed.

Here are precedence lists, seating plans, the check of flags and names, arrivals and departures, transfers, stays, meals and
the health step. Who is a guest is decided in `guests`; badges and gates are in `gates`; sessions are the programme's.
"""
