# Področja dejavnosti: kakor jih imenuje SKD 2008 (Uradni list RS, št. 69/07 in 17/08); kar je z NACE 2.1 (SKD 2025) drugo
# (trgovina, založništvo, telekomunikacije, umetnost), je prevedeno po njenih imenih.

sector-agriculture = Kmetijstvo in lov, gozdarstvo, ribištvo
sector-mining = Rudarstvo
sector-manufacturing = Predelovalne dejavnosti
sector-energy = Oskrba z električno energijo, plinom in paro
sector-water = Oskrba z vodo; ravnanje z odplakami in odpadki; saniranje okolja
sector-construction = Gradbeništvo
sector-trade_and_repair = Trgovina; vzdrževanje in popravila motornih vozil
sector-trade = Trgovina
sector-transport = Promet in skladiščenje
sector-accommodation = Gostinstvo
sector-information = Informacijske in komunikacijske dejavnosti
sector-publishing = Založništvo, radiodifuzija ter produkcija in distribucija vsebin
sector-telecommunication = Telekomunikacije, računalniško programiranje in svetovanje, računalniška infrastruktura in druge informacijske storitve
sector-finance = Finančne in zavarovalniške dejavnosti
sector-property = Poslovanje z nepremičninami
sector-professional = Strokovne, znanstvene in tehnične dejavnosti
sector-administrative = Druge raznovrstne poslovne dejavnosti
sector-public = Dejavnost javne uprave in obrambe; dejavnost obvezne socialne varnosti
sector-education = Izobraževanje
sector-health = Zdravstvo in socialno varstvo
sector-culture = Kulturne, razvedrilne in rekreacijske dejavnosti
sector-arts = Umetnost, šport in rekreacija
sector-other = Druge dejavnosti
sector-households = Dejavnost gospodinjstev z zaposlenim hišnim osebjem; proizvodnja za lastno rabo
sector-extraterritorial = Dejavnost eksteritorialnih organizacij in teles
