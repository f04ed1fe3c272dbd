/**
 * Where the numbers of an area code may be: the state of its numbering plan area, which is no proof of residence, and every time zone of it.
 *
 * Derived from Google's libphonenumber (resources/timezones/map_data.txt and resources/geocoding/en/1.txt at f7e3e88c, release 9.0.35),
 * Copyright (C) The Libphonenumber Authors, licensed under the Apache License, Version 2.0; see NOTICE.md and LICENSE-APACHE-2.0.txt of
 * this package. Changed: reduced to area codes and grouped by state and time zones; an overlay has the zones of the code that it lies over;
 * zones of 208, 219, 270, 308, 402, 423, 531, 541, 605, 701, 812, 850 and 906 were widened by hand; 621, 679, 729 and 861 were added from
 * announcements (einpresswire, verizon, lincmad, wikimili). Which codes are in use: libphonenumber-js 1.13.16 (MIT).
 */
export interface AreaCodes {
  readonly place: string;
  readonly zones: readonly string[];
  /** Separated by blanks. */
  readonly codes: string;
}

export const US_AREA_CODES: readonly AreaCodes[] = [
  { place: 'AK', zones: ['America/Adak', 'America/Anchorage', 'America/Juneau', 'Pacific/Honolulu'], codes: '907' },
  { place: 'AL', zones: ['America/Chicago'], codes: '205 251 256 334 659 938' },
  { place: 'AR', zones: ['America/Chicago'], codes: '327 479 501 870' },
  { place: 'AS', zones: ['Pacific/Pago_Pago'], codes: '684' },
  { place: 'AZ', zones: ['America/Denver', 'America/Phoenix'], codes: '928' },
  { place: 'AZ', zones: ['America/Phoenix'], codes: '480 520 602 623' },
  {
    place: 'CA',
    zones: ['America/Los_Angeles'],
    codes:
      '209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805 818 820 831 840 858 909 916 925 949 951',
  },
  { place: 'CO', zones: ['America/Denver'], codes: '303 719 720 748 970 983' },
  { place: 'CT', zones: ['America/New_York'], codes: '203 475 860 959' },
  { place: 'DC', zones: ['America/New_York'], codes: '202 771' },
  { place: 'DE', zones: ['America/New_York'], codes: '302' },
  { place: 'FL', zones: ['America/Chicago'], codes: '689' },
  { place: 'FL', zones: ['America/Chicago', 'America/New_York'], codes: '448 850' },
  {
    place: 'FL',
    zones: ['America/New_York'],
    codes: '239 305 321 324 352 386 407 561 645 656 727 728 754 772 786 813 863 904 941 954',
  },
  { place: 'GA', zones: ['America/New_York'], codes: '229 404 470 478 678 706 762 770 912 943' },
  { place: 'GU', zones: ['Pacific/Guam'], codes: '671' },
  { place: 'HI', zones: ['Pacific/Honolulu'], codes: '808' },
  { place: 'IA', zones: ['America/Chicago'], codes: '319 515 563 641 712' },
  { place: 'ID', zones: ['America/Boise', 'America/Denver', 'America/Los_Angeles'], codes: '208 986' },
  {
    place: 'IL',
    zones: ['America/Chicago'],
    codes: '217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872',
  },
  { place: 'IN', zones: ['America/Chicago', 'America/New_York'], codes: '219 574 812 930' },
  { place: 'IN', zones: ['America/New_York'], codes: '260 317 463 765' },
  { place: 'KS', zones: ['America/Chicago'], codes: '316 913' },
  { place: 'KS', zones: ['America/Chicago', 'America/Denver'], codes: '620 785' },
  { place: 'KY', zones: ['America/Chicago', 'America/New_York'], codes: '270 364 606' },
  { place: 'KY', zones: ['America/New_York'], codes: '502 859' },
  { place: 'LA', zones: ['America/Chicago'], codes: '225 318 337 504 985' },
  { place: 'MA', zones: ['America/New_York'], codes: '339 351 413 508 617 774 781 857 978' },
  { place: 'MD', zones: ['America/New_York'], codes: '227 240 301 410 443 667' },
  { place: 'ME', zones: ['America/New_York'], codes: '207' },
  { place: 'MI', zones: ['America/Chicago', 'America/New_York'], codes: '906' },
  { place: 'MI', zones: ['America/New_York'], codes: '231 248 269 313 517 586 616 679 734 810 947 989' },
  { place: 'MN', zones: ['America/Chicago'], codes: '218 320 507 612 651 763 952' },
  { place: 'MO', zones: ['America/Chicago'], codes: '235 314 417 557 573 636 660 816 975' },
  { place: 'MP', zones: ['Pacific/Saipan'], codes: '670' },
  { place: 'MS', zones: ['America/Chicago'], codes: '228 601 662 769' },
  { place: 'MT', zones: ['America/Denver'], codes: '406' },
  { place: 'NC', zones: ['America/New_York'], codes: '252 336 472 704 743 828 910 919 980 984' },
  { place: 'ND', zones: ['America/Chicago', 'America/Denver'], codes: '701' },
  { place: 'NE', zones: ['America/Chicago', 'America/Denver'], codes: '308 402 531' },
  { place: 'NH', zones: ['America/New_York'], codes: '603' },
  { place: 'NJ', zones: ['America/New_York'], codes: '201 551 609 640 732 848 856 862 908 973' },
  { place: 'NM', zones: ['America/Denver'], codes: '505 575' },
  { place: 'NV', zones: ['America/Boise', 'America/Denver', 'America/Los_Angeles'], codes: '775' },
  { place: 'NV', zones: ['America/Los_Angeles'], codes: '702 725' },
  {
    place: 'NY',
    zones: ['America/New_York'],
    codes: '212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934',
  },
  { place: 'OH', zones: ['America/New_York'], codes: '216 220 234 283 326 330 380 419 440 513 567 614 740 937' },
  { place: 'OK', zones: ['America/Chicago'], codes: '405 539 572 580 918' },
  { place: 'OR', zones: ['America/Boise', 'America/Denver', 'America/Los_Angeles'], codes: '458 541' },
  { place: 'OR', zones: ['America/Los_Angeles'], codes: '503 971' },
  { place: 'PA', zones: ['America/New_York'], codes: '215 223 267 272 412 445 484 570 582 610 717 724 814 835 878' },
  { place: 'PR', zones: ['America/Puerto_Rico'], codes: '787 939' },
  { place: 'RI', zones: ['America/New_York'], codes: '401' },
  { place: 'SC', zones: ['America/New_York'], codes: '803 821 839 843 854 864' },
  { place: 'SD', zones: ['America/Chicago', 'America/Denver'], codes: '605' },
  { place: 'TN', zones: ['America/Chicago'], codes: '615 629 731 901 931' },
  { place: 'TN', zones: ['America/Chicago', 'America/New_York'], codes: '423 729' },
  { place: 'TN', zones: ['America/New_York'], codes: '865' },
  {
    place: 'TX',
    zones: ['America/Chicago'],
    codes:
      '210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 936 940 945 956 972 979',
  },
  { place: 'TX', zones: ['America/Denver'], codes: '915' },
  { place: 'UT', zones: ['America/Denver'], codes: '385 435 801' },
  { place: 'VA', zones: ['America/New_York'], codes: '276 434 540 571 686 703 757 804 826 948' },
  { place: 'VI', zones: ['America/St_Thomas'], codes: '340' },
  { place: 'VT', zones: ['America/New_York'], codes: '802' },
  { place: 'WA', zones: ['America/Los_Angeles'], codes: '206 253 360 425 509 564' },
  { place: 'WI', zones: ['America/Chicago'], codes: '262 274 353 414 534 608 715 920' },
  { place: 'WV', zones: ['America/New_York'], codes: '304 681' },
  { place: 'WY', zones: ['America/Denver'], codes: '307' },
];
