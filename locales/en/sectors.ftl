# Sections of NACE as the European Union names them: revision 2 (Regulation (EC) No 1893/2006) and revision 2.1 (Delegated
# Regulation (EU) 2023/137). What the revisions name alike stands once.

sector-agriculture = Agriculture, forestry and fishing
sector-mining = Mining and quarrying
sector-manufacturing = Manufacturing
sector-energy = Electricity, gas, steam and air conditioning supply
sector-water = Water supply; sewerage, waste management and remediation activities
sector-construction = Construction
sector-trade_and_repair = Wholesale and retail trade; repair of motor vehicles and motorcycles
sector-trade = Wholesale and retail trade
sector-transport = Transportation and storage
sector-accommodation = Accommodation and food service activities
sector-information = Information and communication
sector-publishing = Publishing, broadcasting, and content production and distribution activities
sector-telecommunication = Telecommunication, computer programming, consulting, computing infrastructure and other information service activities
sector-finance = Financial and insurance activities
sector-property = Real estate activities
sector-professional = Professional, scientific and technical activities
sector-administrative = Administrative and support service activities
sector-public = Public administration and defence; compulsory social security
sector-education = Education
sector-health = Human health and social work activities
sector-culture = Arts, entertainment and recreation
sector-arts = Arts, sports and recreation
sector-other = Other service activities
sector-households = Activities of households as employers; undifferentiated goods- and service-producing activities of households for own use
sector-extraterritorial = Activities of extraterritorial organisations and bodies
